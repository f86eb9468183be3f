import assert from 'node:assert/strict'
import { after, describe, it } from 'node:test'
import { imported } from '../../test/imports.ts'
import { expectStatus, signUp, type Person } from '../../test/people.ts'
import { expectRefused } from '../../test/problems.ts'
import { realNames } from '../../test/real-names.ts'
import { startServer } from '../../test/server.ts'
import type { NewContact } from './body-schema.ts'
import type { ContactAnswer } from './schema.ts'

const server = await startServer()
after(() => server[Symbol.asyncDispose]())

// English sorts by the root order of CLDR, without a change.
const { compare } = new Intl.Collator('en')

async function bookOf(contacts: NewContact[]): Promise<Person> {
  const person = await signUp(server)
  for (const contact of contacts) expectStatus(await person.post('/api/contacts', contact), 201)
  return person
}

async function bookOfCards(version: string, cards: string[]): Promise<Person> {
  const person = await signUp(server)
  const file = cards.map((card) => `BEGIN:VCARD\nVERSION:${version}\n${card}\nEND:VCARD\n`).join('')
  assert.equal((await imported(person, file)).created, cards.length)
  return person
}

/** The names of all contacts, page by page. */
async function shownBy(person: Person, sort = 'name', limit = 100): Promise<string[]> {
  const shown: string[] = []
  let url: string | undefined = `/api/contacts?view=full&sort=${sort}&limit=${limit}`
  while (url) {
    const answer = await person.get(url)
    expectStatus(answer, 200)
    for (const { first_name, last_name, company, nickname, email } of answer.json<
      ContactAnswer[]
    >()) {
      shown.push(
        [first_name, last_name].filter(Boolean).join(' ') || (company ?? nickname ?? email ?? ''),
      )
    }
    const [, next] = /<[^>]*(\/api\/[^>]*)>; rel="next"/.exec(String(answer.headers.link)) ?? []
    url = next
  }
  return shown
}

describe('the order of contacts', () => {
  it('is the root order of CLDR, in every script and on pages of any size', async () => {
    const names = [...new Set(Object.values(realNames).flat())].filter((_, at) => at % 4 === 0)
    const person = await bookOf(names.map((name) => ({ last_name: name })))
    const expected = names.toSorted(compare)
    assert.deepEqual(await shownBy(person), expected)
    assert.deepEqual(await shownBy(person, 'name', 17), expected)
    assert.deepEqual(await shownBy(person, '-name', 17), expected.toReversed())
    assert.deepEqual(await shownBy(person, 'first_name', 17), expected)
  })

  it('is that of the Ukrainian alphabet', async () => {
    const names = 'Гай Ґалаґан Єва Жук Зоря Іван Їжак Кіт Яна'.split(' ')
    const person = await bookOf(
      names.toReversed().map((name) => ({ first_name: 'Я', last_name: name })),
    )
    assert.deepEqual(
      await shownBy(person),
      names.map((name) => `Я ${name}`),
    )
  })

  it('has each contact under the name that is shown', async () => {
    const cards = [
      'N:;Madonna;;;\nFN:Madonna',
      'ORG:Zeta GmbH\nFN:Zeta GmbH',
      'ORG:Alpha AG\nFN:Alpha AG',
      'N:Bee;Ann;;;\nFN:Ann Bee',
      'N:Nowak;Jan;;;\nFN:Jan Nowak',
      'ORG:Mu GmbH\nFN:Mu GmbH',
      'FN:kate@example.org\nEMAIL:kate@example.org',
      'NICKNAME:Lala\nFN:Lala',
    ]
    const person = await bookOfCards('3.0', cards)
    assert.deepEqual(await shownBy(person), [
      'Alpha AG',
      'Ann Bee',
      'kate@example.org',
      'Lala',
      'Madonna',
      'Mu GmbH',
      'Jan Nowak',
      'Zeta GmbH',
    ])
    assert.deepEqual(await shownBy(person, 'first_name'), [
      'Alpha AG',
      'Ann Bee',
      'Jan Nowak',
      'kate@example.org',
      'Lala',
      'Madonna',
      'Mu GmbH',
      'Zeta GmbH',
    ])
  })

  const others = ['N:Kurz;Udo;;;', 'N:Amsel;Eva;;;', 'ORG:Mu GmbH']
  for (const [version, ...cards] of [
    ['4.0', 'N;SORT-AS="Harten,Rene":van der Harten;Rene;;;', 'ORG;SORT-AS=Jot:The Jots'],
    ['3.0', 'N:van der Harten;Rene;;;\nSORT-STRING:Harten', 'ORG:The Jots\nSORT-STRING:Jot'],
  ] as const) {
    it(`is what a card in ${version} wants`, async () => {
      const person = await bookOfCards(version, [...cards, ...others])
      const expected = ['Eva Amsel', 'Rene van der Harten', 'The Jots', 'Udo Kurz', 'Mu GmbH']
      assert.deepEqual(await shownBy(person), expected)

      const [, harten] = (await person.get('/api/contacts')).json<ContactAnswer[]>()
      await person.patch(`/api/contacts/${harten?.id}`, { phone: '112' })
      assert.deepEqual(await shownBy(person), expected)
      // Nobody says how another name is to be sorted.
      await person.patch(`/api/contacts/${harten?.id}`, { last_name: 'Zander' })
      assert.equal((await shownBy(person)).at(-1), 'Rene Zander')
    })
  }

  it('is that of the sound of Japanese names', async () => {
    const sound = (last: string) => ({ phonetic_last_name: last })
    const person = await bookOf([
      { last_name: '渡辺', ...sound('わたなべ') },
      { last_name: '山田', ...sound('ヤマダ') },
      { last_name: '佐藤', ...sound('さとう') },
    ])
    assert.deepEqual(await shownBy(person), ['佐藤', '山田', '渡辺'])
  })

  it('has cursors that older orders of names do not share', async () => {
    const person = await bookOf([{ last_name: 'Bach' }])
    const [contact] = (await person.get('/api/contacts')).json<ContactAnswer[]>()
    for (const sort of ['name', 'last_name', '-first_name']) {
      const cursor = Buffer.from(JSON.stringify([sort, 'bach\u0001ada', contact?.id]))
      const after = cursor.toString('base64url')
      expectRefused(await person.get(`/api/contacts?sort=${sort}&after=${after}`), '/after')
    }
  })
})
