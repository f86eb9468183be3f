import { randomUUIDv7 } from 'node:crypto'
import type { Ask } from '../db/ask.ts'
import { AppError } from '../errors.ts'
import { labelKey, labelName } from '../book/label-name.ts'
import { findLabelsByKey, insertLabels, maxLabels } from './queries.ts'

export type NamedLabel = { id: string; name: string }

/**
 * Finds labels by their folded names, and creates those that are not there. In a transaction that
 * has locked the owner, so that none is renamed meanwhile.
 * @param colours of those that are created, by the names as given
 * @returns by the names as given; what is no name, or one label too many, is not there
 */
export async function findOrCreateLabels(
  ask: Ask,
  ownerId: string,
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
  const found = await findLabelsByKey(ask, ownerId, [...wanted.keys()])
  const known = new Set(found.map(({ key }) => key))
  const missing = [...wanted]
    .filter(([key]) => !known.has(key))
    .map(([key, { name, given }]) => {
      const [colour = null] = given.flatMap((one) => colours.get(one) ?? [])
      return { id: randomUUIDv7(), key, name, colour }
    })
  const added = missing.length > 0 ? await insertLabels(ask, ownerId, missing) : []
  return new Map(
    [...found, ...added].flatMap(({ id, name, key }) =>
      (wanted.get(key)?.given ?? []).map((given): [string, NamedLabel] => [given, { id, name }]),
    ),
  )
}

/**
 * The same for one contact.
 * @returns ids in the order of the names, each once; what is no name is passed over
 * @throws AppError `conflict` when the owner would have too many labels
 */
export async function labelIdsFor(
  ask: Ask,
  ownerId: string,
  names: readonly string[],
): Promise<string[]> {
  const labels = await findOrCreateLabels(ask, ownerId, names)
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
