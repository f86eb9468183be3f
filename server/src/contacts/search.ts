import { comparisonWith, forgivenTypos } from '../book/similar.ts'
import type { Ask } from '../db/ask.ts'
import { createPace } from '../pace.ts'
import type { Page } from './store/order.ts'
import { list } from './store/queries.ts'
import { findByIds, findByWords, findCandidates, type Search } from './store/search.ts'
import type { ListedRow, Shape } from './store/shapes.ts'

/** A hit, and whether it only resembles what was searched for. */
export type Hit<Row> = ListedRow<Row> & { match?: 'similar' }

// Fewer hits than these are followed by similar ones.
const enoughHits = 5
const maxSimilar = 100
// How much of a large book is compared with the words: some 1 MB of text, in slices that let others run.
const maxCandidates = 5_000

/**
 * A page of the owner's contacts that have all words, and one more row where there is a next page. Where
 * there are few, those that have them with typos come behind them.
 */
export async function searchContacts<Row extends { id: string }>(
  read: Ask,
  shape: Shape<Row>,
  ownerId: string,
  search: Search,
  page: Page,
): Promise<{ rows: Hit<Row>[]; total: number }> {
  if (search.words.length === 0) {
    return list(read, shape, ownerId, { patterns: [], labelId: search.labelId }, page)
  }
  const isAmongSimilar = page.after?.isSimilar === true
  const exactPage = isAmongSimilar ? { ...page, after: null } : page
  const exact = await findByWords(read, shape, ownerId, search, exactPage)
  const rows = isAmongSimilar ? [] : exact.rows
  const isForgiving = search.words.some((word) => forgivenTypos(word) > 0)
  if (exact.total >= enoughHits || !isForgiving) return { rows, total: exact.total }
  const similar = await findSimilar(read, ownerId, search)
  const wanted = behind(similar, page, exact.total).slice(0, page.limit + 1 - rows.length)
  const places = new Map(wanted.map(({ id, place }) => [id, place]))
  const found = await findByIds(read, shape, ownerId, [...places.keys()])
  const hits = found.map((row) => {
    return { ...row, place: places.get(row.id) ?? '', match: 'similar' as const }
  })
  return { rows: [...rows, ...hits], total: exact.total + similar.length }
}

/** Where a contact stands among similar ones. */
type SimilarPlace = { id: string; place: string }

async function findSimilar(read: Ask, ownerId: string, search: Search): Promise<SimilarPlace[]> {
  const candidates = await findCandidates(read, ownerId, search, maxCandidates)
  const likenessTo = comparisonWith(search.words)
  const pace = createPace()
  const similar: SimilarPlace[] = []
  for (const { id, text, sort_key, elsewhere } of candidates) {
    const likeness = likenessTo(text, elsewhere)
    // Those without a typo are exact hits.
    if (likeness !== null && likeness.typos > 0) {
      const typos = String(likeness.typos).padStart(3, '0')
      similar.push({ id, place: `${typos}${likeness.zone} ${sort_key}` })
    }
    await pace()
  }
  return similar.sort(byPlace).slice(0, maxSimilar)
}

function byPlace(one: SimilarPlace, other: SimilarPlace): number {
  if (one.place !== other.place) return one.place < other.place ? -1 : 1
  if (one.id === other.id) return 0
  return one.id < other.id ? -1 : 1
}

/** Those that stand on a page or behind it, where so many exact hits come before them. */
function behind(similar: readonly SimilarPlace[], page: Page, exact: number): SimilarPlace[] {
  const { after } = page
  if (!after?.isSimilar) return similar.slice(after ? 0 : Math.max(0, page.skip - exact))
  const last = { place: after.key, id: after.id }
  return similar.filter((one) => byPlace(one, last) > 0).slice(page.skip)
}
