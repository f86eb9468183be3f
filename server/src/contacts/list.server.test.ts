import assert from 'node:assert/strict'
import { after, describe, it } from 'node:test'
import { expectStatus, signUp, type Answer, type Person } from '../../test/people.ts'
import { startServer } from '../../test/server.ts'
import type { NewContact } from './body-schema.ts'
import { sorts } from './request-schema.ts'
import type { SimpleContact } from './schema.ts'

const server = await startServer()
after(() => server[Symbol.asyncDispose]())

async function bookOf(contacts: NewContact[]): Promise<Person> {
  const person = await signUp(server)
  for (const contact of contacts) expectStatus(await person.post('/api/contacts', contact), 201)
  return person
}

const named = (name: string): NewContact => {
  const [first, last] = name.split(' ')
  return { first_name: first || null, last_name: last || null, phone: '112' }
}
const namesIn = (answer: Answer) =>
  answer
    .json<SimpleContact[]>()
    .map((one) => `${one.first_name ?? ''} ${one.last_name ?? ''}`.trim())
const idsIn = (answer: Answer): string[] => answer.json<SimpleContact[]>().map(({ id }) => id)

/** The path in `Link: <…>; rel="next"`. */
function nextOf(answer: Answer): string | undefined {
  const { link } = answer.headers
  if (link === undefined) return undefined
  const [, href] = /^<(\/[^/>][^>]+)>; rel="next"$/.exec(String(link)) ?? []
  assert.ok(href, String(link))
  return href
}

/** Follows the links from page to page, and does something in between. */
async function walk(person: Person, url: string, between?: (page: Answer) => Promise<void>) {
  const pages: Answer[] = []
  let next: string | undefined = url
  while (next) {
    const page = await person.get(next)
    expectStatus(page, 200)
    pages.push(page)
    await between?.(page)
    next = nextOf(page)
  }
  return pages
}

const people = [
  'Zoë ',
  ' Ångström',
  'Åsa Ängel',
  'Anna Bach',
  'anna bacher',
  'Bernd Bach',
  'Élodie Bach',
  'elodie Bach',
  'Łukasz Wałęsa',
  'Ola Ødegård',
  'Strauß Strasse',
]
const book = await bookOf(people.map(named))

describe('the list of contacts', () => {
  it('is empty for who has none', async () => {
    const answer = await (await bookOf([])).get('/api/contacts')
    expectStatus(answer, 200)
    assert.deepEqual(answer.json(), [])
    assert.equal(answer.headers['x-total-count'], '0')
    assert.equal(answer.headers.link, undefined)
  })

  it('is sorted by last name, then first name, and by case or accents last', async () => {
    const answer = await book.get('/api/contacts')
    assert.deepEqual(namesIn(answer), [
      'Åsa Ängel',
      'Ångström',
      'Anna Bach',
      'Bernd Bach',
      'elodie Bach',
      'Élodie Bach',
      'anna bacher',
      'Ola Ødegård',
      'Strauß Strasse',
      'Łukasz Wałęsa',
      'Zoë',
    ])
    assert.equal(answer.headers['x-total-count'], String(people.length))
    assert.equal(answer.headers.link, undefined)
  })

  it('puts contacts of one name in the order of their ids', async () => {
    const person = await bookOf(['Ada Bach', 'Ada Bach', 'Ada Bach'].map(named))
    const ids = idsIn(await person.get('/api/contacts'))
    assert.equal(ids.length, 3)
    assert.deepEqual(ids, [...ids].sort())
  })

  it('can be sorted by first name and by the times, both ways', async () => {
    const byName = namesIn(await book.get('/api/contacts?sort=first_name'))
    assert.deepEqual(byName.slice(0, 4), ['Ångström', 'Anna Bach', 'anna bacher', 'Åsa Ängel'])
    const made = namesIn(await book.get('/api/contacts?sort=created_at'))
    assert.deepEqual(
      made,
      people.map((name) => name.trim()),
    )

    for (const sort of sorts.filter((one) => !one.startsWith('-'))) {
      const there = idsIn(await book.get(`/api/contacts?sort=${sort}`))
      const back = idsIn(await book.get(`/api/contacts?sort=-${sort}`))
      assert.deepEqual(back, there.toReversed(), sort)
    }
  })

  it('brings what was changed last to the front, when asked by the time of the change', async () => {
    const person = await bookOf(['Anna ', 'Bernd ', 'Carla '].map(named))
    const [anna] = idsIn(await person.get('/api/contacts?q=anna'))
    await person.patch(`/api/contacts/${anna}`, { last_name: 'Bach' })
    const names = namesIn(await person.get('/api/contacts?sort=-updated_at'))
    assert.deepEqual(names, ['Anna Bach', 'Carla', 'Bernd'])
  })

  it('is cut by skip and limit, and always says how many there are', async () => {
    const all = idsIn(await book.get('/api/contacts'))
    for (const [skip, limit] of [
      [0, 1],
      [3, 4],
      [10, 100],
      [11, 1],
      [1_000_000, 100],
    ] as const) {
      const answer = await book.get(`/api/contacts?skip=${skip}&limit=${limit}`)
      assert.deepEqual(idsIn(answer), all.slice(skip, skip + limit))
      assert.equal(answer.headers['x-total-count'], String(all.length))
      assert.equal(answer.headers.link !== undefined, skip + limit < all.length)
    }
  })

  it('answers HEAD with the same headers', async () => {
    const answer = await book.inject({ method: 'HEAD', url: '/api/contacts?limit=2' })
    expectStatus(answer, 200)
    assert.equal(answer.body, '')
    assert.equal(answer.headers['x-total-count'], String(people.length))
    assert.ok(nextOf(answer))
  })
})

describe('the links from page to page', () => {
  for (const sort of sorts) {
    it(`lead through all contacts once, sorted by ${sort}`, async () => {
      const whole = idsIn(await book.get(`/api/contacts?sort=${sort}`))
      for (const limit of [1, 3, people.length, people.length - 1]) {
        const pages = await walk(book, `/api/contacts/?sort=${sort}&limit=${limit}`)
        assert.deepEqual(pages.flatMap(idsIn), whole)
        assert.equal(pages.length, Math.ceil(people.length / limit))
        for (const page of pages) {
          assert.equal(page.headers['x-total-count'], String(people.length))
        }
      }
    })

    it(`neither repeat nor miss one while others come and go, sorted by ${sort}`, async () => {
      const person = await bookOf(['A a', 'C c', 'E e', 'G g', 'I i', 'K k', 'M m'].map(named))
      const before: string[] = idsIn(await person.get(`/api/contacts?sort=${sort}`))
      let newcomers = ['B b', 'F f', 'Z z']
      const pages = await walk(person, `/api/contacts?sort=${sort}&limit=2`, async (page) => {
        // The last contact shown is deleted: the cursor must not need it.
        expectStatus(await person.delete(`/api/contacts/${idsIn(page).at(-1)}`), 204)
        for (const name of newcomers) await person.post('/api/contacts', named(name))
        newcomers = []
      })
      const seen = pages.flatMap(idsIn)
      assert.equal(new Set(seen).size, seen.length)
      assert.deepEqual(
        seen.filter((id) => before.includes(id)),
        before,
      )
    })
  }

  it('carry the filters on, whatever characters are in them', async () => {
    const text = 'a&b=c#d%e+f "ü" <x>'
    const person = await bookOf(
      ['1', '2', '3'].map((phone) => ({ first_name: text, last_name: 'X', phone })),
    )
    await person.post('/api/contacts', named('Another X'))
    const query = new URLSearchParams({ q: text, first_name: text.slice(0, 5), limit: '1' })
    const pages = await walk(person, `/api/contacts?${String(query)}`)
    assert.deepEqual(pages.flatMap(namesIn), [`${text} X`, `${text} X`, `${text} X`])
  })

  it('start from where skip led, and skip no more', async () => {
    const all = idsIn(await book.get('/api/contacts'))
    const pages = await walk(book, '/api/contacts?skip=4&limit=3')
    assert.deepEqual(pages.flatMap(idsIn), all.slice(4))
  })

  it('name our own address, whatever the request says of hosts', async () => {
    const host = 'evil.example'
    const headers = { host, 'x-forwarded-host': host, forwarded: `host=${host}` }
    for (const url of ['/api/contacts?limit=1', 'http://evil.example/api/contacts?limit=1']) {
      assert.ok(nextOf(await book.get(url, headers)))
    }
  })
})

describe('a list that an empty form asks for', () => {
  it('is the first page of all', async () => {
    const person = await bookOf(['Ada Lovelace', 'Grace Hopper'].map(named))
    const asked = '?skip=&limit=&first_name=&last_name=&email=&q=&sort=&after=&view=&label='
    const answer = await person.get(`/api/contacts${asked}`)
    expectStatus(answer, 200)
    assert.deepEqual(answer.json(), (await person.get('/api/contacts')).json())
    const words = await person.get('/api/contacts/search?q=&sort=last_name')
    assert.deepEqual(namesIn(words), ['Grace Hopper', 'Ada Lovelace'])
  })
})
