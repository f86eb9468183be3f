import { createSemaphore, type Semaphore } from './semaphore.ts'

/** Queues for heavy work, of which this process does only a little at once. */
export type Turns = {
  /** Batches of contacts that get a label's new name. */
  labels: Semaphore
  /** Photos of contacts that are made smaller: a list asks for a hundred of them. */
  photos: Semaphore
}

export function createTurns(): Turns {
  return {
    labels: createSemaphore({ concurrency: 1, maxQueue: Infinity }),
    photos: createSemaphore({ concurrency: 1, maxQueue: 500 }),
  }
}
