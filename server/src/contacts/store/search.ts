import { isSign, signMark, zoneEnds, zones } from '../../book/search-text.ts'
import { asWords, type SearchWord } from '../../book/search-words.ts'
import { typoTexts } from '../../book/similar.ts'
import type { Ask } from '../../db/ask.ts'
import { bind } from '../../db/bind.ts'
import type { Arrays } from '../../db/columns.ts'
import { byName, sorted, type Page } from './order.ts'
import { labelledWith } from './queries.ts'
import type { Listed, ListedRow, Shape } from './shapes.ts'

/** Words that a contact must all have. */
export type Search = {
  words: readonly SearchWord[]
  /** Whether they may also stand in notes, addresses and custom fields. */
  inNotes: boolean
  labelId?: string | undefined
}

type Add = (value: unknown) => string

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
  const matching = conditionsOf(search, add, ({ texts }) => hasAny('search', texts, add))
  const all = `contacts where ${ofOwner(search, add)} and ${matching}`
  const isRanked = order.column === 'relevance'
  const place = isRanked ? relevance(search.words, add) : order.column
  // Where the zones end is found once for all words, of hits alone.
  const hits = isRanked
    ? `(select id, sort_key, search, ${endsOfZones(add)} as ends from ${all} offset 0) hits`
    : all
  const part = { ...order, column: 'place' }
  const beyond = order.descending ? '<' : '>'
  const behind = after
    ? `where (place, id) ${beyond} (${add(after.key)}${order.type}, ${add(after.id)}::uuid)`
    : ''
  const [answer] = await read<Arrays & { total: number }>(
    `with found as materialized (select id, ${place} as place from ${hits})
    select ${shape.arrays}, (select count(*) from found) as total
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
  // A single word that is there as it is written makes an exact hit.
  const isAlone = search.words.length === 1
  const conditions = conditionsOf(search, add, (word) => {
    const texts = isAlone ? [] : word.texts
    const pieces = typoTexts(word)
    return `(${[hasAny('names', pieces, add), hasAny('search', texts, add)].join(' or ')})`
  })
  return read<Candidate>(
    `select id, ${isAlone ? 'names' : 'search'} as text, sort_key, ${elsewhere} as elsewhere
    from (
      select id, search, sort_key, ${search.inNotes ? 'notes_search, ' : ''}
        split_part(search, ${add(zoneEnds.company)}, 1) as names
      from contacts where ${ofOwner(search, add)} offset 0
    ) texts
    where ${conditions} limit ${add(most)}`,
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

/** That all words are there, where `isIn` or the notes say so. */
function conditionsOf(search: Search, add: Add, isIn: (word: SearchWord) => string): string {
  return search.words
    .toSorted(longestFirst)
    .map((word) => {
      const isInText = isIn(word)
      return search.inNotes
        ? `(${isInText} or ${hasAny('notes_search', word.texts, add)})`
        : isInText
    })
    .join(' and ')
}

// A long word is rare, and found or not in fewer steps.
function longestFirst(one: SearchWord, other: SearchWord): number {
  return other.word.length - one.word.length
}

/** The search text, the names and companies in it, and the text of notes. */
type Column = 'search' | 'names' | 'notes_search'

/**
 * That one of the texts stands in the column. `strpos` skips letters, which `like` does not. Signs are only looked
 * for in texts that have some, which most have not.
 */
function hasAny(column: Column, texts: readonly string[], add: Add): string {
  const isIn = (text: string) => `strpos(${column}, ${add(text)}) > 0`
  const isMarked = (text: string) => column !== 'notes_search' && isSign(text)
  const signs = texts.filter(isMarked).map(isIn)
  const others = texts.filter((text) => !isMarked(text)).map(isIn)
  const all = signs.length > 0 ? [...others, `${hasSigns(add)} and ${anyOf(signs)}`] : others
  return anyOf(all)
}

function anyOf(conditions: readonly string[]): string {
  return conditions.length === 0 ? 'false' : `(${conditions.join(' or ')})`
}

function hasSigns(add: Add): string {
  return `search >= ${add(signMark)}`
}

// More words hardly change the order, and each costs.
const maxRankedWords = 6

/** The rank of the word that matches worst, as a letter, then the order of the list. */
function relevance(words: readonly SearchWord[], add: Add): string {
  const ranks = words.slice(0, maxRankedWords).map((word) => rankOf(word, add))
  return `chr(97 + greatest(${ranks.join(', ')})) || sort_key`
}

/** Whole words before starts of words before what is inside of them, each by the parts of the text. */
function rankOf({ texts }: SearchWord, add: Add): string {
  const kinds = [asWords(texts, 'exact'), asWords(texts, 'prefix'), texts]
  const ranks = kinds.map((kind, at) => `${at * zones.length} + ${zoneOf(kind, add)}`)
  // A word that only notes have comes last.
  return `coalesce(${ranks.join(', ')}, ${kinds.length * zones.length - 1})`
}

/** The first part of the search text with one of the texts; null if there is none. */
function zoneOf(texts: readonly string[], add: Add): string {
  const places = texts.map((text) => {
    const place = `nullif(strpos(search, ${add(text)}), 0)`
    return isSign(text) ? `case when ${hasSigns(add)} then ${place} end` : place
  })
  return `width_bucket(least(${places.join(', ')}), ends)`
}

/** Where the parts of the search text end, but for the last. */
function endsOfZones(add: Add): string {
  const ends = zones.slice(0, -1).map((zone) => `strpos(search, ${add(zoneEnds[zone])})`)
  return `array[${ends.join(', ')}]`
}
