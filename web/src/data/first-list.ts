import type { List, ListQuery } from '../worker/calls.ts'

/** A list and what it is of; whether it had somebody since it was first asked for. */
export type Answer = { query: ListQuery; list: List; hadSome?: boolean }

let first: Answer | null = null

/** Keeps the list that the worker expects to be asked for, until its order changes. */
export function keepFirstList(answer: Answer | null): void {
  first = answer
}

/** The first list, where it answers the query: with it, the first frame has rows. */
export function firstListOf(query: ListQuery): Answer | null {
  return first && JSON.stringify(first.query) === JSON.stringify(query) ? first : null
}
