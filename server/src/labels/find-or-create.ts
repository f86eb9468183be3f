import { randomUUIDv7 } from 'node:crypto'
import { labelKey, labelName } from '../book/label-name.ts'
import type { LockedBook } from '../contacts/store/locked-book.ts'
import { AppError } from '../errors.ts'
import { findLabelsByKey, insertLabels, maxLabels } from './queries.ts'

export type NamedLabel = { id: string; name: string }

/**
 * Finds labels by their folded names, and creates the missing ones.
 * @param colours of labels that are created, by the names as given
 * @returns by the names as given; without those that are no names, and those beyond the limit
 */
export async function findOrCreateLabels(
  book: LockedBook,
  names: readonly string[],
  colours: ReadonlyMap<string, string | null> = new Map(),
): Promise<Map<string, NamedLabel>> {
  const wanted = new Map<string, { given: string[]; name: string }>()
  for (const given of new Set(names)) {
    const name = labelName(given)
    if (name === null) continue
    const key = labelKey(name)
    const same = wanted.get(key)
    if (same) same.given.push(given)
    else wanted.set(key, { given: [given], name })
  }
  if (wanted.size === 0) return new Map()
  const found = await findLabelsByKey(book.ask, book.ownerId, [...wanted.keys()])
  const known = new Set(found.map(({ key }) => key))
  const missing = [...wanted]
    .filter(([key]) => !known.has(key))
    .map(([key, { name, given }]) => {
      const [colour = null] = given.flatMap((one) => colours.get(one) ?? [])
      return { id: randomUUIDv7(), key, name, colour }
    })
  const added = missing.length > 0 ? await insertLabels(book, missing) : []
  return new Map(
    [...found, ...added].flatMap(({ id, name, key }) =>
      (wanted.get(key)?.given ?? []).map((given): [string, NamedLabel] => [given, { id, name }]),
    ),
  )
}

/**
 * The ids of labels by their names, created where they are missing.
 * @returns ids in the order of the names, each once; what is no name is passed over
 * @throws AppError `conflict` when the owner would have too many labels
 */
export async function labelIdsFor(book: LockedBook, names: readonly string[]): Promise<string[]> {
  const labels = await findOrCreateLabels(book, names)
  const ids = new Set<string>()
  for (const given of names) {
    const label = labels.get(given)
    if (label) ids.add(label.id)
    else if (labelName(given) !== null) throw tooManyLabels()
  }
  return [...ids]
}

export function tooManyLabels(): AppError {
  const detail = `There are ${maxLabels} labels already: delete some first.`
  return new AppError('conflict', 'too_many_labels', detail)
}
