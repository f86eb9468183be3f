import { maxInBlock, type Block, type KeysOfContacts } from './store/key-queries.ts'

/** Two contacts to compare, the smaller id first. */
export type Candidate = [one: string, other: string]

// In a block of hundreds, each is compared with so many: copies of one contact still become one group.
const representatives = 3

/**
 * The pairs to compare: those of contacts that have a key in common, and of which one has changed.
 * @param keys those of the changed
 */
export function candidatesIn(
  blocks: readonly Block[],
  changed: ReadonlySet<string>,
  keys: KeysOfContacts,
): Candidate[] {
  const holders = holdersOf(new Set(blocks.filter(isLarge).map(({ key }) => key)), keys)
  const found = new Map<string, Set<string>>()
  const add = (one: string, other: string) => {
    if (one === other) return
    const [small, large] = one < other ? [one, other] : [other, one]
    found.getOrInsertComputed(small, () => new Set()).add(large)
  }
  for (const block of blocks) {
    const { key, contact_ids: ids } = block
    const others = isLarge(block) ? ids.slice(0, representatives) : ids
    const mine = isLarge(block) ? (holders.get(key) ?? []) : ids
    for (const one of mine) if (changed.has(one)) for (const other of others) add(one, other)
  }
  return [...found].flatMap(([one, others]) =>
    Array.from(others, (other): Candidate => [one, other]),
  )
}

function isLarge({ contact_ids: ids }: Block): boolean {
  return ids.length > maxInBlock
}

/** Which of the contacts have each of the wanted keys. */
function holdersOf(wanted: ReadonlySet<number>, keys: KeysOfContacts): Map<number, string[]> {
  const holders = new Map<number, string[]>()
  if (wanted.size === 0) return holders
  for (const [id, some] of keys) {
    for (const key of some) {
      if (wanted.has(key)) holders.getOrInsertComputed(key, () => []).push(id)
    }
  }
  return holders
}
