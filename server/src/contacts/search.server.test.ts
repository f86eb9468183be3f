import assert from 'node:assert/strict'
import { after, describe, it } from 'node:test'
import { addContact } from '../../test/contacts.ts'
import { expectStatus, signUp, type Answer } from '../../test/people.ts'
import { startServer } from '../../test/server.ts'
import type { FoundContact } from './schema.ts'

const server = await startServer()
after(() => server[Symbol.asyncDispose]())
const ada = await signUp(server)

const people = {
  ada: { first_name: 'Ada', last_name: 'Lovelace', email: 'ada@example.org' },
  lukasz: { first_name: 'Łukasz', last_name: 'Wałęsa', email: 'LW@Example.PL', phone: '112' },
  percent: { first_name: '100% Ada', last_name: "O'Neil", email: 'a_b@example.org' },
  slash: { first_name: 'back\\slash', last_name: '"quoted"', phone: '030 123456' },
  berlin: { first_name: 'Jörg', last_name: 'Groß', phone: '+49 (0)30 / 12 34 56' },
  cairo: { first_name: 'نور', last_name: '٠٣', phone: '٠٣٠-١٢٣٤٥٦' },
  vienna: { first_name: 'Control\u0001\u0002ada', phone: '0043 1 5050' },
  yamada: { first_name: '太郎', last_name: '山田' },
  kim: { first_name: '김철수' },
  shop: { company: 'Blumen Müller', phone: '1-800-FLOWERS' },
} as const
type Name = keyof typeof people

const idOf = new Map<string, Name>()
for (const [name, fields] of Object.entries(people) as [Name, object][]) {
  idOf.set(await addContact(ada, fields), name)
}

/** The names of all hits but similar ones. */
function namesIn(answer: Answer): string[] {
  expectStatus(answer, 200)
  const hits = answer.json<FoundContact[]>()
  assert.equal(answer.headers['x-total-count'], String(hits.length))
  const exact = hits.filter(({ match }) => match === undefined)
  return exact.map(({ id }) => idOf.get(id) ?? id).sort()
}

const searches: [string, ...Name[]][] = [
  ['ada', 'ada', 'percent', 'vienna'],
  ['ADA', 'ada', 'percent', 'vienna'],
  ['àdä', 'ada', 'percent', 'vienna'],
  ['lovelace ada', 'ada'],
  ['ada wałęsa'],
  ['  lovel \t ace  ', 'ada'],
  ['lukasz', 'lukasz'],
  ['WALESA Łuk', 'lukasz'],
  ['lw@example.pl', 'lukasz'],
  ['gross', 'berlin'],
  ['GROẞ', 'berlin'],
  ['jorg', 'berlin'],
  ['example org', 'ada', 'percent'],
  ['%', 'percent'],
  ['100%', 'percent'],
  ['1%a'],
  ['_', 'percent'],
  ['a_b', 'percent'],
  ['\\', 'slash'],
  ['k\\s', 'slash'],
  ['\\\\'],
  ['\\%'],
  ["o'n", 'percent'],
  ['O’Neil', 'percent'],
  ["' OR 1=1--"],
  ["'; drop table contacts; --"],
  ['"quoted"', 'slash'],
  ['\u0001'],
  ['\u0002ada', 'ada', 'percent', 'vienna'],
  ['control ada', 'vienna'],
  ['a\u0301da', 'ada', 'percent', 'vienna'],
  ['030 123456', 'slash', 'berlin', 'cairo'],
  ['030/123-456', 'slash', 'berlin', 'cairo'],
  ['+49 30 123456', 'slash', 'berlin', 'cairo'],
  ['0049 (0)30 123456', 'slash', 'berlin', 'cairo'],
  ['٠٣٠ ١٢٣', 'slash', 'berlin', 'cairo'],
  ['30 12 34', 'slash', 'berlin', 'cairo'],
  ['+43', 'vienna'],
  ['+431', 'vienna'],
  ['01 5050', 'vienna'],
  ['+44'],
  ['112', 'lukasz'],
  ['gross 030', 'berlin'],
  ['نور', 'cairo'],
  ['nobody'],
  ['山田太郎', 'yamada'],
  ['太郎山田', 'yamada'],
  ['山田 太郎', 'yamada'],
  ['김철수', 'kim'],
  ['철수 김', 'kim'],
  ['1-800-FLOWERS', 'shop'],
  ['18003569377', 'shop'],
  ['+1 800 356 9377', 'shop'],
  ['mueller', 'shop'],
  ['muller', 'shop'],
  ['joerg gross', 'berlin'],
]

describe('a search', () => {
  for (const [q, ...names] of searches) {
    it(`for ${JSON.stringify(q)} finds ${names.join(', ') || 'nobody'}`, async () => {
      const query = new URLSearchParams({ q }).toString()
      const found = namesIn(await ada.get(`/api/contacts/search?${query}`))
      // A text of which nothing is left to look for is as good as none.
      assert.deepEqual(found, q === '\u0001' ? Object.keys(people).sort() : names.sort())
      assert.deepEqual(namesIn(await ada.get(`/api/contacts?${query}`)), found)
    })
  }

  it('has words, or none, which all contacts have', async () => {
    for (const path of [
      '/api/contacts/search',
      '/api/contacts/search?q=',
      '/api/contacts?q=',
      '/api/contacts',
    ]) {
      assert.equal(namesIn(await ada.get(path)).length, idOf.size)
    }
  })

  it('does not look into the notes', async () => {
    const person = await signUp(server)
    await person.post('/api/contacts', { first_name: 'Ada', additional_data: 'needle' })
    assert.deepEqual((await person.get('/api/contacts?q=needle')).json(), [])
  })

  it('finds what a contact is now, not what it was', async () => {
    const person = await signUp(server)
    const { headers } = await person.post('/api/contacts', { first_name: 'Before', phone: '1' })
    await person.patch(String(headers.location), { first_name: 'After', phone: '2' })
    const found = async (q: string) =>
      (await person.get(`/api/contacts?q=${q}`)).json().length === 1
    assert.deepEqual(await Promise.all(['before', 'after', '1', '2'].map(found)), [
      false,
      true,
      false,
      true,
    ])
  })
})

describe('the filters', () => {
  const filters: [Record<string, string>, ...Name[]][] = [
    [{ first_name: 'ADA' }, 'ada'],
    [{ first_name: 'ada' }, 'ada'],
    [{ first_name: 'da' }],
    [{ first_name: 'łuk' }, 'lukasz'],
    [{ first_name: 'luk' }, 'lukasz'],
    [{ first_name: '100%' }, 'percent'],
    [{ first_name: '%' }],
    [{ first_name: '_da' }],
    [{ first_name: 'back\\' }, 'slash'],
    [{ first_name: 'control ada' }, 'vienna'],
    [{ first_name: "' or 1=1--" }],
    [{ last_name: 'wal' }, 'lukasz'],
    [{ last_name: 'ada' }],
    [{ last_name: 'o’n' }, 'percent'],
    [{ email: 'lw@EX' }, 'lukasz'],
    [{ email: 'example' }],
    [{ email: 'a_' }, 'percent'],
    [{ first_name: 'a', last_name: 'l' }, 'ada'],
    [{ first_name: 'a', last_name: 'w' }],
    [{ first_name: 'l', q: 'walesa' }, 'lukasz'],
    [{ last_name: 'g', q: '030 12' }, 'berlin'],
    [{ first_name: '', last_name: '', email: '' }, ...(Object.keys(people) as Name[])],
  ]
  for (const [query, ...names] of filters) {
    it(`${JSON.stringify(query)} leave ${names.join(', ') || 'nobody'}`, async () => {
      const found = namesIn(await ada.get(`/api/contacts?${new URLSearchParams(query).toString()}`))
      assert.deepEqual(found, names.sort())
    })
  }
})
