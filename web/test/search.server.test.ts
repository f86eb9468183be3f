import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import type { ContactAnswer } from '../../server/src/contacts/schema.ts'
import { expectStatus, signUp } from '../../server/test/people.ts'
import { startServer } from '../../server/test/server.ts'
import { addPeople, doubles, people } from './book.ts'
import { connect, openTab } from './tab.ts'

const server = await startServer({}, { listen: true })
const network = connect(server)
after(() => {
  network[Symbol.dispose]()
  return server[Symbol.asyncDispose]()
})

const others = [
  { first_name: 'Jürgen', last_name: 'Müller', phone: '0049 (0)30 123 45' },
  { first_name: 'Juergen', last_name: 'Mueller', company: 'Müller & Söhne' },
  { first_name: 'Seán', last_name: "O'Brien", nickname: 'Obi', email: 'sean.obrien@example.org' },
  { first_name: 'Anne-Marie', last_name: 'Dupont', additional_data: 'Met at the Müller party.' },
  { company: '1-800-FLOWERS', phone: '1-800-FLOWERS' },
  { first_name: 'Anna', last_name: 'Annason', company: 'Ann', email: 'anna@ann.example' },
  { first_name: '太郎', last_name: '山田', phonetic_last_name: 'やまだ' },
  { first_name: 'Nguyễn', last_name: 'Thị Minh' },
  { first_name: 'Юлія', last_name: 'Хрущова', company: 'Зоря' },
]

const queries = [
  'a',
  'an',
  'ann',
  'anna',
  'anna ann',
  'mü',
  'müll',
  'muller',
  'mueller',
  'obrien',
  "o'brien",
  'o-brien',
  'marie',
  'dupont anne',
  '030',
  '030 1',
  '+49 30 123',
  '0049 30',
  '(030) 123-45',
  'flowers',
  '18003569377',
  '山田太郎',
  'やまだ',
  'yuliia',
  'julija',
  'khrushchova',
  'зоря',
  'zoria',
  'thi minh',
  'ZOË',
  'łukasiewicz',
  'lukasiewicz',
  'lukasiewitz',
  'lovelase',
  'example.org',
  'example org',
  'baker',
  'blue bottle',
  '22 123',
  'hopper grace',
  'friends',
  'nobody at all',
  '%',
  '_',
]

test('a search finds what the server finds, in its order', async () => {
  const person = await signUp(server)
  const [first = ''] = await addPeople(person, [...people, ...doubles, ...others])
  const label = (await person.post('/api/labels', { name: 'Friends' })).json<{ id: string }>()
  await person.patch(`/api/contacts/${first}`, { label_ids: [label.id] })
  await using tab = await openTab(person)
  await tab.settle()
  const differences = []
  for (const [query, notes] of [
    ...queries.map((query) => [query, false] as const),
    ...['müller', 'party', 'złota', 'shoe'].map((query) => [query, true] as const),
  ]) {
    const path = `/api/contacts/search?q=${encodeURIComponent(query)}&notes=${notes}&limit=100`
    const answer = await person.get(path)
    expectStatus(answer, 200)
    const there = answer.json<ContactAnswer[]>().map(({ id }) => id)
    const here = (await tab.list({ search: query, notes })).map(({ id }) => id)
    if (here.join() !== there.join()) differences.push({ query, here, there })
  }
  assert.deepEqual(differences, [])
})

test('while a query grows, it finds the same as one that was typed at once', async () => {
  const person = await signUp(server)
  await addPeople(person, [...people, ...doubles, ...others])
  await using typing = await openTab(person)
  await using pasting = await openTab(person)
  await typing.settle()
  await pasting.account.book.refresh()
  for (const query of queries) {
    for (let length = 1; length <= query.length; length++) {
      const search = query.slice(0, length)
      const typed = await typing.list({ search })
      await pasting.list({ search: 'something else' })
      assert.deepEqual(typed, await pasting.list({ search }), search)
    }
  }
})
