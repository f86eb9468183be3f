import { maxInBlock, type Block, type KeyRow } from './store/key-queries.ts'

/** Two contacts to compare, the smaller id first. */
export type Candidate = [one: string, other: string]

// In a block of hundreds, each is compared with so many: copies of one contact still become one group.
const representatives = 3

/** The pairs to compare: those of contacts that have a key in common, and of which one has changed. */
export function candidatesIn(
  blocks: readonly Block[],
  changed: ReadonlySet<string>,
  keys: readonly KeyRow[],
): Candidate[] {
  const holders = Map.groupBy(blocks.some(isLarge) ? keys : [], ({ key }) => key)
  const found = new Map<string, Candidate>()
  const add = (one: string, other: string) => {
    if (one === other) return
    const pair: Candidate = one < other ? [one, other] : [other, one]
    found.set(pair.join(), pair)
  }
  for (const block of blocks) {
    const { key, contact_ids: ids } = block
    const others = isLarge(block) ? ids.slice(0, representatives) : ids
    const mine = isLarge(block) ? (holders.get(key) ?? []).map((row) => row.contact_id) : ids
    for (const one of mine) if (changed.has(one)) for (const other of others) add(one, other)
  }
  return [...found.values()]
}

function isLarge({ contact_ids: ids }: Block): boolean {
  return ids.length > maxInBlock
}
