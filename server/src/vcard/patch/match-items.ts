import type { Entry } from '../fields/collect.ts'
import type { Item } from '../fields/list-codec.ts'

/** A wanted item, and the entry whose line will hold it. */
export type Match = { item: Item; entry: Entry | undefined }

/**
 * Assigns an entry to each wanted item: the same item, else one with the same value, else the next
 * unassigned one.
 */
export function matchItems(entries: readonly Entry[], wanted: readonly Item[]): Match[] {
  const matches: Match[] = wanted.map((item) => ({ item, entry: undefined }))
  const unassigned = new Set(entries)
  matchBy(matches, unassigned, (item) => JSON.stringify(item))
  matchBy(matches, unassigned, (item) => JSON.stringify({ ...item, label: null }))
  const rest = [...unassigned]
  for (const match of matches) match.entry ??= rest.shift()
  return matches
}

function matchBy(matches: Match[], unassigned: Set<Entry>, keyOf: (item: Item) => string): void {
  const byKey = Map.groupBy(unassigned, ({ item }) => keyOf(item))
  for (const match of matches) {
    if (match.entry) continue
    const entry = byKey.get(keyOf(match.item))?.shift()
    if (!entry) continue
    match.entry = entry
    unassigned.delete(entry)
  }
}
