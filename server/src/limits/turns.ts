import { createSemaphore, type Semaphore } from './semaphore.ts'

/** Queues for heavy work, of which this process does only a little at once. */
export type Turns = {
  /** Batches of contacts that get a label's new name. */
  labels: Semaphore
  /** Photos of contacts that are made smaller: a list asks for a hundred of them. */
  photos: Semaphore
  /** Statements that read many cards of an address book for a program. */
  cards: Semaphore
}

/** @param cardReads statements for many cards at once: half of the connections that reads share */
export function createTurns(cardReads = 1): Turns {
  return {
    labels: createSemaphore({ concurrency: 1, maxQueue: Infinity }),
    photos: createSemaphore({ concurrency: 1, maxQueue: 500 }),
    cards: createSemaphore({ concurrency: cardReads, maxQueue: Infinity }),
  }
}
