import type { Entry } from '../fields/collect.ts'
import type { Item } from '../fields/list-codec.ts'

/** A wanted item and the entry whose line is to say it. */
export type Match = { item: Item; entry: Entry | undefined }

/** Finds the line of each wanted item: of the same, else of the same value, else the next left. */
export function matchItems(entries: readonly Entry[], wanted: readonly Item[]): Match[] {
  const matches: Match[] = wanted.map((item) => ({ item, entry: undefined }))
  const left = new Set(entries)
  matchBy(matches, left, (item) => JSON.stringify(item))
  matchBy(matches, left, (item) => JSON.stringify({ ...item, label: null }))
  const rest = [...left]
  for (const match of matches) match.entry ??= rest.shift()
  return matches
}

function matchBy(matches: Match[], left: Set<Entry>, keyOf: (item: Item) => string): void {
  const byKey = Map.groupBy(left, ({ item }) => keyOf(item))
  for (const match of matches) {
    if (match.entry) continue
    const entry = byKey.get(keyOf(match.item))?.shift()
    if (!entry) continue
    match.entry = entry
    left.delete(entry)
  }
}
