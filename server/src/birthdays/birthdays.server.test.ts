import assert from 'node:assert/strict'
import { after, describe, it } from 'node:test'
import { contactsOf } from '../../test/contacts.ts'
import { expectStatus, signUp, type Person } from '../../test/people.ts'
import { expectRefused } from '../../test/problems.ts'
import { startServer } from '../../test/server.ts'
import type { UpcomingBirthday } from './schema.ts'

const server = await startServer()
after(() => server[Symbol.asyncDispose]())
const ada = await signUp(server)

/** A book with one contact per birthday, whose first name is the birthday. */
async function bookOf(...birthdays: string[]): Promise<Person> {
  const person = await signUp(server)
  for (const birthday of birthdays) {
    const answer = await person.post('/api/contacts', { first_name: birthday, birthday })
    expectStatus(answer, 201)
  }
  return person
}

async function upcoming(person: Person, query = ''): Promise<UpcomingBirthday[]> {
  const answer = await person.get(`/api/contacts/birthdays${query}`)
  expectStatus(answer, 200)
  return answer.json()
}
const names = (list: UpcomingBirthday[]) => list.map(({ first_name: name }) => name)
const summary = (list: UpcomingBirthday[]) =>
  list.map((one) => [one.first_name, one.next_birthday, one.days_until, one.turns])

describe('the birthdays of the next days', () => {
  it('are those of the next seven days also when an empty form asks', async () => {
    const person = await bookOf('--02-29', '--12-31')
    const answer = await upcoming(person, '?days=&date=&tz=')
    assert.deepEqual(answer, await upcoming(person))
  })

  it('are those of the next seven, both ends counted, when nothing is asked', async () => {
    const today = Temporal.Now.plainDateISO('UTC')
    const on = (days: number) => today.add({ days }).toString().replace(/^\d+/, '-')
    const person = await bookOf(...[-1, 0, 1, 7, 8].map(on))
    // Midnight may have passed since; then the list has moved on by a day.
    if (today.equals(Temporal.Now.plainDateISO('UTC'))) {
      assert.deepEqual(names(await upcoming(person)), [on(0), on(1), on(7)])
    }
    assert.deepEqual(names(await upcoming(person, `?date=${today.toString()}`)), [
      on(0),
      on(1),
      on(7),
    ])
  })

  it('say when, in how many days, and which age', async () => {
    const person = await bookOf('1990-06-11', '--06-12', '2020-06-10', '1990-06-09')
    assert.deepEqual(summary(await upcoming(person, '?date=2026-06-10')), [
      ['2020-06-10', '2026-06-10', 0, 6],
      ['1990-06-11', '2026-06-11', 1, 36],
      ['--06-12', '2026-06-12', 2, null],
    ])
    const [first] = await upcoming(person, '?date=2026-06-10&days=0')
    const all = (await person.get('/api/contacts?q=2020-06-10')).json()
    assert.deepEqual(first, {
      ...all[0],
      next_birthday: '2026-06-10',
      days_until: 0,
      turns: 6,
    })
  })

  it('reach as far as asked, from none to more than a year', async () => {
    const person = await bookOf('--01-01', '--03-01', '--12-31', '--07-01')
    const on = async (days: number) =>
      names(await upcoming(person, `?date=2026-03-01&days=${days}`))
    assert.deepEqual(await on(0), ['--03-01'])
    assert.deepEqual(await on(121), ['--03-01'])
    assert.deepEqual(await on(122), ['--03-01', '--07-01'])
    assert.deepEqual(await on(366), ['--03-01', '--07-01', '--12-31', '--01-01'])
  })

  it('go on after New Year', async () => {
    const person = await bookOf('--01-03', '--01-04', '--12-27', '--12-26', '--06-01')
    const list = await upcoming(person, '?date=2026-12-27')
    assert.deepEqual(summary(list), [
      ['--12-27', '2026-12-27', 0, null],
      ['--01-03', '2027-01-03', 7, null],
    ])
  })

  it('keep 29 February on 28 February in common years', async () => {
    const person = await bookOf('2000-02-29', '--02-28', '--03-01')
    assert.deepEqual(summary(await upcoming(person, '?date=2027-02-28&days=0')), [
      ['--02-28', '2027-02-28', 0, null],
      ['2000-02-29', '2027-02-28', 0, 27],
    ])
    assert.deepEqual(names(await upcoming(person, '?date=2028-02-28&days=0')), ['--02-28'])
    assert.deepEqual(names(await upcoming(person, '?date=2028-02-28&days=1')), [
      '--02-28',
      '2000-02-29',
    ])
    assert.deepEqual(names(await upcoming(person, '?date=2027-03-01&days=0')), ['--03-01'])
  })

  it('put those who share a day in the order of the list', async () => {
    const person = await signUp(server)
    for (const name of ['Zoë Bach', 'Anna Ängel', 'anna bach', 'Anna Bach']) {
      const [first_name, last_name] = name.split(' ')
      await person.post('/api/contacts', { first_name, last_name, birthday: '--06-10' })
    }
    const list = await upcoming(person, '?date=2026-06-10')
    const sorted = await contactsOf(person)
    assert.deepEqual(
      list.map(({ id }) => id),
      sorted.map(({ id }) => id),
    )
  })

  it('follow a contact that changes', async () => {
    const person = await bookOf('--06-10')
    const [contact] = await upcoming(person, '?date=2026-06-10')
    const path = `/api/contacts/${contact?.id}`
    await person.patch(path, { birthday: '--06-18' })
    assert.deepEqual(await upcoming(person, '?date=2026-06-10'), [])
    await person.patch(path, { birthday: null })
    assert.deepEqual(await upcoming(person, '?date=2026-06-18&days=366'), [])
  })

  it('begin today where the user is', async () => {
    const today = (tz: string) => Temporal.Now.plainDateISO(tz).toString().replace(/^\d+/, '-')
    // These two are never on the same day.
    const [early, late] = ['Etc/GMT-14', 'Etc/GMT+11']
    const [there, here] = [today(early), today(late)]
    const person = await bookOf(there, here)
    const found = async (tz: string) =>
      names(await upcoming(person, `?days=0&tz=${encodeURIComponent(tz)}`))
    if (there !== today(early) || here !== today(late)) return
    assert.deepEqual(await found(early), [there])
    assert.deepEqual(await found(late), [here])
  })

  it('may be asked of any day before the last year that a date can name', async () => {
    const person = await bookOf('1990-06-10', '--02-29')
    for (const date of ['0001-01-01', '1900-02-28', '1989-01-01', '9998-12-31']) {
      assert.equal((await upcoming(person, `?date=${date}&days=366`)).length, 2)
    }
    const before = await upcoming(person, '?date=1989-01-01&days=366')
    assert.deepEqual(
      before.map(({ turns }) => turns),
      [null, null],
    )
  })

  const refused: [string, ...string[]][] = [
    ['days=-1', '/days'],
    ['days=367', '/days'],
    ['days=1e400', '/days'],
    ['days=1.5', '/days'],
    ['days=week', '/days'],
    ['date=2026-02-29', '/date'],
    ['date=9999-01-01', '/date'],
    ['date=0000-01-01', '/date'],
    ['date=today', '/date'],
    ['date=--06-10', '/date'],
    ['date=2026-06-10T00:00', '/date'],
    ['tz=Mars/Olympus', '/tz'],
    ['tz=%2B02:00', '/tz'],
    [`tz=${'A/'.repeat(5000)}`, '/tz'],
    ['days=1&days=2', '/days'],
    ['limit=5', '/limit'],
    ["days=7'--", '/days'],
  ]
  for (const [query, ...pointers] of refused) {
    it(`are not asked by ${query.slice(0, 30)}`, async () => {
      expectRefused(await ada.get(`/api/contacts/birthdays?${query}`), ...pointers)
    })
  }
})
