import { useEffect, useState } from 'react'
import { worker } from '../data/client.ts'
import { useConflicts, useWaiting } from '../data/state.ts'
import type { Unsaved, Unsent } from '../worker/calls.ts'

/** What is on this device alone. Forms are those that were not saved when it began to be shown. */
export function useUnsent(): Unsent {
  const [drafts, setDrafts] = useState<Unsaved[]>([])
  useEffect(() => void worker.unsent().then(({ drafts }) => setDrafts(drafts)), [])
  return { changes: useWaiting(), conflicts: useConflicts(), drafts }
}

export function isAnything({ changes, conflicts, drafts }: Unsent): boolean {
  return changes.length + conflicts.length + drafts.length > 0
}
