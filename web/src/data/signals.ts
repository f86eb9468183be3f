import { useSyncExternalStore } from 'react'
import { nextFrame } from '../ui/after-paint.ts'

/** Something that changes often, and is looked at once a frame. */
export type Signal<Detail = void> = {
  raise: (detail: Detail) => void
  /** How often it was raised; several times in a frame count once. */
  version: () => number
  subscribe: (listener: (details: readonly Detail[]) => void) => () => void
}

export function createSignal<Detail = void>(): Signal<Detail> {
  const listeners = new Set<(details: readonly Detail[]) => void>()
  let pending: Detail[] = []
  let version = 0

  function publish() {
    const details = pending
    pending = []
    version++
    for (const listener of listeners) listener(details)
  }

  return {
    raise(detail) {
      pending.push(detail)
      if (pending.length === 1) nextFrame(publish)
    },
    version: () => version,
    subscribe(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
  }
}

export function useSignal<Detail>({ subscribe, version }: Signal<Detail>): number {
  return useSyncExternalStore(subscribe, version)
}

/** Lists on screen are to be asked for again. */
export const orderChanged = createSignal()
/** The ids of contacts that left the book, and of those that came into it, also into another place of it. */
export type Moves = { gone: readonly string[]; here: readonly string[] }
export const contactsMoved = createSignal<Moves>()
/** Contacts that are not what they were; null: perhaps all. */
export const contactsChanged = createSignal<readonly string[] | null>()
