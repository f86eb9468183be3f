import { zoneEnds } from '../../book/search-text.ts'
import type { SearchWord } from '../../book/search-words.ts'
import { typoTexts } from '../../book/similar.ts'
import type { Ask } from '../../db/ask.ts'
import { bind } from '../../db/bind.ts'
import type { Arrays } from '../../db/columns.ts'
import { byName, sorted, type Page } from './order.ts'
import { labelledWith } from './queries.ts'
import { relevance, startsWords } from './relevance.ts'
import type { Listed, ListedRow, Shape } from './shapes.ts'
import { hasAny, type Add } from './text-conditions.ts'

/** Words that a contact must all have. */
export type Search = {
  words: readonly SearchWord[]
  /** Whether they may also stand in notes, addresses and custom fields. */
  inNotes: boolean
  labelId?: string | undefined
}

/** Gives equal texts the same place in a statement: some are looked for several times. */
function bindOnce(values: unknown[]): { values: unknown[]; add: Add } {
  const places = new Map<unknown, string>()
  const { add } = bind(values)
  return { values, add: (value) => places.getOrInsertComputed(value, () => add(value)) }
}

/**
 * A page of the owner's contacts that have all words, and one more row where there is a next page, with
 * the number of all of them. The covering index is read once.
 */
export async function findByWords<Row>(
  read: Ask,
  shape: Shape<Row>,
  ownerId: string,
  search: Search,
  page: Page,
): Promise<Listed<Row>> {
  const { order, after, skip, limit } = page
  const { values, add } = bindOnce([ownerId])
  const { hits, all } = hitsOf(search, page, add)
  const part = { ...order, column: 'place' }
  const beyond = order.descending ? '<' : '>'
  const behind = after
    ? `where (place, id) ${beyond} (${add(after.key)}${order.type}, ${add(after.id)}::uuid)`
    : ''
  const [answer] = await read<Arrays & { total: number }>(
    `with ${hits}
    select ${shape.arrays}, (select count(*) from ${all}) as total
    from (
      select ${shape.columns}, part.place from (
        select id, place from found ${behind}
        ${sorted(part)} limit ${add(limit + 1)} offset ${add(skip)}
      ) part join contacts on contacts.owner_id = $1 and contacts.id = part.id
      ${sorted({ ...part, id: 'part.id' })}
    ) page`,
    values,
  )
  return { rows: shape.rowsOf(answer, order), total: answer?.total ?? 0 }
}

/** The SQL of the hits that may be on a page with their places, `found`, and the name of all of them. */
function hitsOf(search: Search, page: Page, add: Add): { hits: string; all: string } {
  const { words, inNotes } = search
  const matching = conditionOf(search, add, ({ texts }) => hasAny('search', texts, add))
  const matches = `contacts where ${ofOwner(search, add)} and ${matching}`
  const isRanked = page.order.column === 'relevance'
  const place = isRanked ? relevance(words, inNotes, add) : page.order.column
  if (!isRanked || page.after || !isInMost(words)) {
    return {
      hits: `found as materialized (select id, ${place} as place from ${matches})`,
      all: 'found',
    }
  }
  const isStart = startsWords(words, add)
  const enough = add(page.skip + page.limit)
  return {
    hits: `hits as materialized (
      select id, case when ${isStart} then ${place} end as place from ${matches}
    ), found as (
      select id, place from hits where place is not null
      union all
      select id, ${place} from ${matches} and not ${isStart}
        and (select count(place) from hits) <= ${enough}
    )`,
    all: 'hits',
  }
}

/**
 * Whether the words stand inside of most e-mail addresses: to rank all hits takes longer than to find them, and
 * those that begin with the words fill a page.
 */
function isInMost(words: readonly SearchWord[]): boolean {
  return words.every(({ texts }) => texts.some((text) => /^[a-z]{1,2}$/.test(text)))
}

/** A contact that may have all words, with typos. */
export type Candidate = {
  id: string
  /** Its search text, or as much of it as is needed. */
  text: string
  sort_key: string
  /** Which of the words, in their order, its notes, addresses and custom fields have, if these are searched. */
  elsewhere: boolean[] | null
}

/**
 * Contacts among which are all that have the words with typos, unless there are more than `most`. Typos are
 * looked for in names and companies, in short texts: each piece of a word costs.
 */
export function findCandidates(
  read: Ask,
  ownerId: string,
  search: Search,
  most: number,
): Promise<Candidate[]> {
  const { values, add } = bindOnce([ownerId])
  const isInNotes = (search.inNotes ? search.words : []).map(
    ({ texts }) => `coalesce(${hasAny('notes_search', texts, add)}, false)`,
  )
  const elsewhere = search.inNotes ? `array[${isInNotes.join(', ')}]` : 'null'
  const isAlone = search.words.length === 1
  const condition = conditionOf(search, add, (word) => {
    const isSimilar = hasAny('names', typoTexts(word), add)
    const isExact = hasAny('search', word.texts, add)
    // A single word that is there as it is written makes an exact hit.
    return isAlone
      ? `case when ${isSimilar} then not ${isExact} end`
      : `(${isSimilar} or ${isExact})`
  })
  return read<Candidate>(
    `select id, ${isAlone ? 'names' : 'search'} as text, sort_key, ${elsewhere} as elsewhere
    from (
      select id, search, sort_key, ${search.inNotes ? 'notes_search, ' : ''}
        split_part(search, ${add(zoneEnds.company)}, 1) as names
      from contacts where ${ofOwner(search, add)} offset 0
    ) texts
    where ${condition} limit ${add(most)}`,
    values,
  )
}

/** The owner's contacts with these ids, in the order of the ids; without those that are gone by now. */
export async function findByIds<Row extends { id: string }>(
  read: Ask,
  shape: Shape<Row>,
  ownerId: string,
  ids: readonly string[],
): Promise<ListedRow<Row>[]> {
  if (ids.length === 0) return []
  const [answer] = await read<Arrays>(
    `select ${shape.arrays} from (
      select ${shape.columns}, '' as place from contacts
      where owner_id = $1 and id = any ($2::uuid[]) and deleted_at is null
    ) page`,
    [ownerId, ids],
  )
  const rows = new Map(shape.rowsOf(answer, byName).map((row) => [row.id, row]))
  return ids.flatMap((id) => rows.get(id) ?? [])
}

function ofOwner({ labelId }: Search, add: Add): string {
  return ['owner_id = $1', 'deleted_at is null', ...labelledWith(labelId, add)].join(' and ')
}

/**
 * The condition that all words are there, where `isIn` or the notes say so. The next word is only looked for where
 * the one before is: of conditions beside each other PostgreSQL would choose which one comes first.
 */
function conditionOf(search: Search, add: Add, isIn: (word: SearchWord) => string): string {
  return search.words
    .toSorted(longestFirst)
    .map((word) => {
      const isInText = isIn(word)
      return search.inNotes
        ? `(${isInText} or ${hasAny('notes_search', word.texts, add)})`
        : isInText
    })
    .reduceRight((next, condition) => `case when ${condition} then ${next} end`)
}

// A long word is rare, and found or not in fewer steps.
function longestFirst(one: SearchWord, other: SearchWord): number {
  return other.word.length - one.word.length
}
