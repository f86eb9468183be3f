import { setTimeout } from 'node:timers/promises'

const everyMs = 5_000

/** Whether what searches and sorts read is complete, known without a query. */
export type IndexState = AsyncDisposable & {
  /** Whether some contacts still have columns of an older version. */
  readonly isUpdating: boolean
  /** Notes what was just read; as long as it is not complete, it is looked up again and again. */
  note(isComplete: boolean): void
}

/** @param look whether it is complete by now, by a query */
export function createIndexState(look: () => Promise<boolean>): IndexState {
  const stop = new AbortController()
  let isUpdating = false
  let watching: Promise<void> | undefined

  async function watch() {
    while (isUpdating && (await waited())) {
      // While the database is away, nobody searches.
      isUpdating = !(await look().catch(() => false))
    }
    watching = undefined
  }

  function waited(): Promise<boolean> {
    return setTimeout(everyMs, true, { signal: stop.signal, ref: false }).catch(() => false)
  }

  return {
    get isUpdating() {
      return isUpdating
    },
    note(isComplete) {
      isUpdating = !isComplete
      if (isUpdating) watching ??= watch()
    },
    async [Symbol.asyncDispose]() {
      stop.abort()
      await watching
    },
  }
}
