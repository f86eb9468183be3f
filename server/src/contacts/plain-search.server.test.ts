import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import fc from 'fast-check'
import { addContact } from '../../test/contacts.ts'
import { signUp, type Person } from '../../test/people.ts'
import { startServer } from '../../test/server.ts'
import { anyTypo, mistyped } from '../../test/typos.ts'
import { zoneEnds, zones } from '../book/search-text.ts'
import { asWords, searchWords, type SearchWord } from '../book/search-words.ts'
import { comparisonWith, forgivenTypos } from '../book/similar.ts'
import { sampleContacts } from './sample-contacts.ts'
import type { FoundContact } from './schema.ts'

/** What of a contact is searched. */
type Row = { id: string; search: string; notes_search: string | null; sort_key: string }
type Hit = { id: string; match?: 'similar' | undefined }

const server = await startServer()
after(() => server[Symbol.asyncDispose]())
let ada: Person
let rows: Row[] = []

before(async () => {
  ada = await signUp(server)
  const companies = ['Müller & Söhne', 'Hughes Ltd', 'ТОВ «Зоря»', '100_%']
  for (const [at, contact] of sampleContacts(
    150,
    Temporal.PlainDate.from('2026-02-28'),
  ).entries()) {
    await addContact(ada, { ...contact, company: companies[at % 7] ?? null })
  }
  await addContact(ada, { first_name: 'Jhon', email: 'john@example.org' })
  const { rows: stored } = await server.services.database.pool.query<Row>(
    'select id, search, notes_search, sort_key from contacts',
  )
  rows = stored
})

const anyRow = fc.nat().map((at) => rows[at % rows.length] ?? assert.fail('there is no contact'))
const anyPart = fc.record({
  row: anyRow,
  word: fc.nat(),
  start: fc.nat(3),
  length: fc.integer({ min: 1, max: 12 }),
  typo: fc.option(anyTypo),
  isWhole: fc.boolean(),
  isOfNotes: fc.boolean(),
})

/** Some of a contact's own text, whole words or parts of them, with and without typos. */
const anyQuery = fc.array(anyPart, { minLength: 1, maxLength: 3 }).map((parts) =>
  parts
    .map(({ row, word, start, length, typo, isWhole, isOfNotes }) => {
      const text = (isOfNotes && row.notes_search) || row.search
      const words = text.split(/[\p{Cc} ]+/u).filter(Boolean)
      const chosen = Array.from(words[word % words.length] ?? '')
      const part = (isWhole ? chosen : chosen.slice(start, start + length)).join('')
      return typo && part.length > 3 ? mistyped(part, typo) : part
    })
    .join(' '),
)

const anyPage = fc.record({ skip: fc.nat(5), limit: fc.integer({ min: 1, max: 100 }) })

describe('a search', () => {
  it('lists what reading every contact by itself would find, in the same order', async () => {
    await fc.assert(
      fc.asyncProperty(anyQuery, fc.boolean(), anyPage, async (q, inNotes, { skip, limit }) => {
        const words = searchWords(q)
        if (words.length === 0) return
        const all = plainSearch(words, inNotes)
        const query = { q, notes: String(inNotes), skip: String(skip), limit: String(limit) }
        const path = `/api/contacts/search?${new URLSearchParams(query).toString()}`
        const answer = await ada.get(path)
        const hits = answer.json<FoundContact[]>().map(({ id, match }) => ({ id, match }))
        assert.deepEqual(hits, all.slice(skip, skip + limit), path)
        assert.equal(Number(answer.headers['x-total-count']), all.length)
        const next = /<(.*)>/.exec(String(answer.headers['link'] ?? ''))?.[1]
        assert.equal(next !== undefined, all.length > skip + limit)
        if (next === undefined) return
        const ids = (await ada.get(next)).json<FoundContact[]>().map(({ id }) => id)
        const onNextPage = all.slice(skip + limit, skip + 2 * limit)
        assert.deepEqual(
          ids,
          onNextPage.map(({ id }) => id),
          next,
        )
      }),
      { numRuns: 300 },
    )
  })

  it('lists a contact once that has the word and also something like it', async () => {
    const hits = (await ada.get('/api/contacts/search?q=john')).json<FoundContact[]>()
    assert.equal(hits.filter(({ first_name }) => first_name === 'Jhon').length, 1)
  })
})

function plainSearch(words: SearchWord[], inNotes: boolean): Hit[] {
  const isElsewhere = (row: Row) =>
    words.map(
      ({ texts }) => inNotes && texts.some((text) => row.notes_search?.includes(text) === true),
    )
  const hasWords = (row: Row) =>
    words.every(
      ({ texts }, at) => isElsewhere(row)[at] || texts.some((text) => row.search.includes(text)),
    )
  const exact = rows.filter(hasWords).map((row) => ({ row, rank: rankOf(row, words) }))
  const hits = inOrder(exact).map(({ id }) => ({ id, match: undefined }))
  if (hits.length >= 5 || words.every((word) => forgivenTypos(word) === 0)) return hits
  const likenessTo = comparisonWith(words)
  const similar = rows.flatMap((row) => {
    const likeness = hasWords(row) ? null : likenessTo(row.search, isElsewhere(row))
    return likeness ? { row, rank: `${likeness.typos}${likeness.zone}` } : []
  })
  const behind = inOrder(similar).slice(0, 100)
  return [...hits, ...behind.map(({ id }) => ({ id, match: 'similar' as const }))]
}

function rankOf({ search }: Row, words: readonly SearchWord[]): string {
  const ranks = words.slice(0, 6).map(({ texts }) => {
    const kinds = [asWords(texts, 'exact'), asWords(texts, 'prefix'), texts]
    const kind = kinds.findIndex((some) => some.some((text) => search.includes(text)))
    if (kind < 0) return kinds.length * zones.length - 1
    const places = (kinds[kind] ?? []).map((text) => search.indexOf(text)).filter((at) => at >= 0)
    const at = Math.min(...places)
    const ends = zones
      .map((zone) => zoneEnds[zone])
      .filter((end) => end && search.indexOf(end) < at)
    return kind * zones.length + ends.length
  })
  return String.fromCharCode(97 + Math.max(...ranks))
}

/** By the octets of the rank and the name, and where these are the same by ids. */
function inOrder(ranked: { row: Row; rank: string }[]): Row[] {
  return ranked
    .map(({ row, rank }) => ({ row, key: Buffer.from(rank + row.sort_key) }))
    .toSorted((a, b) => Buffer.compare(a.key, b.key) || (a.row.id < b.row.id ? -1 : 1))
    .map(({ row }) => row)
}
