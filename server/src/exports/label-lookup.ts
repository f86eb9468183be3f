import type { FieldRow } from './queries.ts'

type Labelled = Pick<FieldRow, 'label_ids'>

/**
 * Makes a function that gives the labels of a book, with those of some contacts of it: they are read once, and
 * again where a contact has one that was created meanwhile. A download takes as long as its client likes.
 */
export function labelLookup<Label>(readAll: () => Promise<ReadonlyMap<string, Label>>) {
  let known: ReadonlyMap<string, Label> | undefined
  return async (rows: readonly Labelled[] = []): Promise<ReadonlyMap<string, Label>> => {
    const labels = known
    const isKnown = labels && rows.every((row) => row.label_ids.every((id) => labels.has(id)))
    return isKnown ? labels : (known = await readAll())
  }
}
