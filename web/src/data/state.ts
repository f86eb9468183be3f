import type { Preferences } from '@kith/server/preferences/schema'
import { create } from 'zustand'
import type { Conflict, Label, SessionState, SyncState, Waiting } from '../worker/calls.ts'

/** What several places look at. */
export type State = {
  session: SessionState
  sync: SyncState
  waiting: Waiting[]
  conflicts: Conflict[]
  /** Null until they are known. */
  preferences: Preferences | null
  labels: Label[]
  /** How many contacts have each label, by its id, and how many there are. */
  counts: Record<string, number>
  total: number
  /** Whether the browser has no more room: what is new is not kept on this device. */
  isDiskFull: boolean
}

export const useData = create<State>()(() => ({
  session: { kind: 'unknown' },
  sync: { kind: 'unknown' },
  waiting: [],
  conflicts: [],
  preferences: null,
  labels: [],
  counts: {},
  total: 0,
  isDiskFull: false,
}))

export const useSession = (): SessionState => useData((state) => state.session)
export const useSync = (): SyncState => useData((state) => state.sync)
/** Changes that the server has not confirmed, the first one first. */
export const useWaiting = (): Waiting[] => useData((state) => state.waiting)
export const useConflicts = (): Conflict[] => useData((state) => state.conflicts)
export const usePreferences = (): Preferences | null => useData((state) => state.preferences)
export const useIsDiskFull = (): boolean => useData((state) => state.isDiskFull)
