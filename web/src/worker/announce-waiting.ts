import type { WorkerEvent } from './calls.ts'
import type { LocalBook } from './local-book.ts'
import { waitingOf, type Entry } from './outbox.ts'

export type WaitingNews = { announce: () => void; stop: () => void }

// Of so many, not each change is shown alone: all of them go to the page each time.
const many = 500
const pauseMs = 1_000

/** Shows what waits, where it is other than it was. */
export function createWaitingNews(
  { state }: Pick<LocalBook, 'state'>,
  emit: (event: WorkerEvent) => void,
): WaitingNews {
  let shown: Entry[] | null = null
  let timer: ReturnType<typeof setTimeout> | undefined

  function show() {
    stop()
    shown = state.outbox
    emit({ type: 'waiting', changes: shown.map(waitingOf) })
  }

  function stop() {
    clearTimeout(timer)
    timer = undefined
  }

  return {
    announce() {
      if (shown === state.outbox) return
      if (state.outbox.length <= many) show()
      else timer ??= setTimeout(show, pauseMs)
    },
    stop,
  }
}
