import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import ICAL from 'ical.js'
import {
  fetchCalendar,
  findPythonCalendar,
  shownDays,
  shownDaysInPython,
  subscribe,
  titlesIn,
} from '../../test/calendars.ts'
import { idOf } from '../../test/cards.ts'
import { addContact } from '../../test/contacts.ts'
import { imported } from '../../test/imports.ts'
import { addLabel } from '../../test/labels.ts'
import { expectStatus, readJson, signUp, type Person } from '../../test/people.ts'
import { expectProblem, expectRefused } from '../../test/problems.ts'
import { recordStatements, type Statements } from '../../test/record-statements.ts'
import { startServer } from '../../test/server.ts'
import { setAccountDisabled } from '../accounts/users.ts'
import type { Ask } from '../db/ask.ts'
import { openDatabase } from '../db/database.ts'
import { textOf } from '../db/steps.ts'
import { findFetched } from './calendars.ts'
import type { FetchedCalendar } from './queries.ts'
import type { Calendar } from './schema.ts'
import { takeSnapshot, writeCalendar } from './write-calendar.ts'

const statements: Statements = new Map()
const server = await startServer(
  {},
  { open: (...where) => recordStatements(openDatabase(...where), statements) },
)
after(() => server[Symbol.asyncDispose]())

const settingsUrl = '/api/users/me/calendar'
const thisYear = new Date().getUTCFullYear()
const near = { from: thisYear, to: thisYear + 1 }

async function change(person: Person, patch: object): Promise<Calendar> {
  const answer = await person.patch(settingsUrl, patch)
  expectStatus(answer, 200)
  return answer.json()
}

async function expectGone(path: string) {
  expectProblem(
    await fetchCalendar(server, path),
    404,
    'not_found',
    'There is nothing at this path.',
  )
}

/** The calendar at an address, as the database has it. */
async function rowOf(path: string): Promise<FetchedCalendar> {
  const secret = path.slice('/api/calendar/'.length, -'.ics'.length)
  return (await findFetched(server.services.database, secret)) ?? assert.fail(path)
}

async function tagOf(path: string): Promise<string> {
  const answer = await fetchCalendar(server, path)
  expectStatus(answer, 200)
  return String(answer.headers['etag'])
}

describe('a birthday calendar', () => {
  it('shows every birthday on its day, with the age where the year is known', async () => {
    const ada = await signUp(server)
    const path = await subscribe(ada)
    await addContact(ada, { first_name: 'Ada', last_name: 'Lovelace', birthday: '1815-12-10' })
    await addContact(ada, { first_name: 'Mary', birthday: '--01-02' })
    await addContact(ada, { first_name: 'Nobody' })
    const expected = [near.from, near.to].flatMap((year) => [
      `${year}-01-02 Mary: birthday`,
      `${year}-12-10 Ada Lovelace turns ${year - 1815}`,
    ])
    assert.deepEqual(await titlesIn(server, path, near), expected)
  })

  it('keeps 29 February on 28 February in common years, with the right age', async () => {
    const ada = await signUp(server)
    const path = await subscribe(ada)
    await addContact(ada, { first_name: 'Leap', birthday: '2000-02-29' })
    const years = { from: thisYear, to: thisYear + 4 }
    const days = await titlesIn(server, path, years)
    assert.equal(days.length, 5)
    for (const day of days) {
      const date = Temporal.PlainDate.from(day.slice(0, 10))
      assert.equal(date.day, date.inLeapYear ? 29 : 28)
      assert.equal(day.slice(11), `Leap turns ${date.year - 2000}`)
    }
  })

  it('is what a calendar program expects', async () => {
    const ada = await signUp(server)
    const answer = await fetchCalendar(server, await subscribe(ada, 'de'))
    assert.equal(answer.headers['content-type'], 'text/calendar; charset=utf-8')
    assert.equal(answer.headers['cache-control'], 'private, no-cache')
    assert.match(String(answer.headers['content-disposition']), /filename="birthdays\.ics"/)
    for (const line of [
      'VERSION:2.0',
      'NAME:Geburtstage',
      'X-WR-CALNAME:Geburtstage',
      'REFRESH-INTERVAL;VALUE=DURATION:PT12H',
      'X-PUBLISHED-TTL:PT12H',
    ]) {
      assert.ok(answer.body.includes(`\r\n${line}\r\n`), line)
    }
  })

  it('has a component that shows nothing where it has no dates', async () => {
    const ada = await signUp(server)
    const path = await subscribe(ada)
    const empty = async () => {
      const { body } = await fetchCalendar(server, path)
      assert.deepEqual(shownDays(body, near), [])
      const python = findPythonCalendar()
      if (python) assert.deepEqual(await shownDaysInPython(python, body, near), [])
      const components = new ICAL.Component(ICAL.parse(body)).getAllSubcomponents()
      return components.map(({ name }) => name)
    }
    assert.deepEqual(await empty(), ['vtimezone'])
    await addContact(ada, { first_name: 'Ada', birthday: '--12-10' })
    assert.ok(!(await fetchCalendar(server, path)).body.includes('VTIMEZONE'))
    await change(ada, { include: [] })
    assert.deepEqual(await empty(), ['vtimezone'])
  })

  it('reminds when it is told to, on every day', async () => {
    const ada = await signUp(server)
    const path = await subscribe(ada)
    await addContact(ada, { first_name: 'Ada', birthday: '1815-12-10' })
    const { reminders } = await change(ada, { reminders: ['-P7D', '-PT0S'] })
    assert.deepEqual(reminders, ['-P7D', '-PT0S'])
    const days = shownDays((await fetchCalendar(server, path)).body, { from: 1990, to: 2060 })
    assert.equal(days.length, 71)
    for (const day of days) assert.deepEqual(day.reminders, [-(6 * 24 + 15) * 60, 9 * 60])
  })

  it('has anniversaries and other dates as it is told', async () => {
    const ada = await signUp(server)
    const path = await subscribe(ada)
    await addContact(ada, {
      first_name: 'Ada',
      birthday: '--12-10',
      dates: [
        { label: 'anniversary', value: '1835-07-08' },
        { label: 'First program', value: '--08-05' },
      ],
    })
    const year = { from: thisYear, to: thisYear }
    const birthday = `${thisYear}-12-10 Ada: birthday`
    const anniversary = `${thisYear}-07-08 Ada: anniversary (${thisYear - 1835} years)`
    const other = `${thisYear}-08-05 Ada: First program`
    assert.deepEqual(await titlesIn(server, path, year), [anniversary, birthday])
    for (const [include, expected] of [
      [['birthdays'], [birthday]],
      [['anniversaries'], [anniversary]],
      [['dates'], [other]],
      [
        ['birthdays', 'anniversaries', 'dates'],
        [anniversary, other, birthday],
      ],
      [[], []],
    ] as const) {
      assert.deepEqual((await change(ada, { include })).include, include)
      assert.deepEqual(await titlesIn(server, path, year), expected)
    }
  })

  it('tells no age of somebody who has died, also as a card says it', async () => {
    const ada = await signUp(server)
    const path = await subscribe(ada)
    const dates = [{ label: 'Date of death', value: '1852-11-27' }]
    await addContact(ada, { first_name: 'Ada', birthday: '1815-12-10', dates })
    const card = ['VERSION:4.0', 'FN:Mary', 'BDAY:17970830', 'DEATHDATE:18510201']
    await imported(ada, ['BEGIN:VCARD', ...card, 'END:VCARD', ''].join('\r\n'))
    assert.deepEqual(await titlesIn(server, path, { from: thisYear, to: thisYear }), [
      `${thisYear}-08-30 Mary: birthday (1797–1851)`,
      `${thisYear}-12-10 Ada: birthday (1815–1852)`,
    ])
  })

  it('says it in the language that was asked for', async () => {
    const ada = await signUp(server)
    const path = await subscribe(ada, 'fr, uk-UA;q=0.9, en;q=0.8')
    await addContact(ada, { first_name: 'Олена', birthday: '1990-12-10' })
    const turned = thisYear - 1990
    const year = { from: thisYear, to: thisYear }
    const [ukrainian = ''] = await titlesIn(server, path, year)
    assert.match(ukrainian, new RegExp(`^${thisYear}-12-10 Олена: ${turned} (рік|роки|років)$`))
    assert.equal((await change(ada, { language: 'de' })).language, 'de')
    assert.deepEqual(await titlesIn(server, path, year), [`${thisYear}-12-10 Олена wird ${turned}`])
  })

  it('is in the preferred language, and with the last name first where that is preferred', async () => {
    const ada = await signUp(server)
    const preferences = '/api/users/me/preferences'
    expectStatus(await ada.patch(preferences, { language: 'de-AT' }), 200)
    const path = await subscribe(ada, 'uk')
    await addContact(ada, { first_name: 'Ada', last_name: 'Lovelace', birthday: '--12-10' })
    const year = { from: thisYear, to: thisYear }
    assert.deepEqual(await titlesIn(server, path, year), [
      `${thisYear}-12-10 Ada Lovelace: Geburtstag`,
    ])
    const tag = await tagOf(path)
    expectStatus(await ada.patch(preferences, { name_order: 'last_name_first' }), 200)
    assert.notEqual(await tagOf(path), tag)
    assert.deepEqual(await titlesIn(server, path, year), [
      `${thisYear}-12-10 Lovelace Ada: Geburtstag`,
    ])
  })

  it('leaves out the trash, and the contacts of others', async () => {
    const [ada, eve] = [await signUp(server), await signUp(server)]
    const [path, other] = [await subscribe(ada), await subscribe(eve)]
    const id = await addContact(ada, { first_name: 'Ada', birthday: '--12-10' })
    assert.equal((await titlesIn(server, path, near)).length, 2)
    assert.deepEqual(await titlesIn(server, other, near), [])
    expectStatus(await ada.delete(`/api/contacts/${id}`), 204)
    assert.deepEqual(await titlesIn(server, path, near), [])
  })
})

describe('a calendar of a large book', () => {
  const count = 2_345
  let path = ''
  before(async () => {
    const ada = await signUp(server)
    path = await subscribe(ada)
    const days = Array.from({ length: count }, (_, index) => (index % 9) + 1)
    const rows = days.map((day, index) => `P${index},1990-05-0${day}`)
    await imported(ada, `First Name,Birthday\n${rows.join('\n')}\n`, { name: 'a.csv' })
  })

  it('has every contact once, and ages for fewer years', async () => {
    const { body } = await fetchCalendar(server, path)
    const valuesOf = (line: RegExp) => Array.from(body.matchAll(line), ([, value = '']) => value)
    const uids = valuesOf(/^UID:(.*)\r$/gm)
    assert.equal(new Set(uids).size, count)
    const ages = Map.groupBy(valuesOf(/^SUMMARY:.* turns (\d+)\r$/gm), Number)
    const turned = [-1, 0, 1, 2].map((years) => thisYear + years - 1990)
    assert.deepEqual(new Set(ages.keys()), new Set(turned))
    for (const people of ages.values()) assert.equal(people.length, count)
    assert.equal(uids.length, count * (1 + turned.length))
  })

  it('is read from the database only as fast as somebody takes it', async () => {
    const { read } = server.services.database
    let pages = 0
    const counted: Ask = (statement, values) => {
      if (textOf(statement).includes('json_agg')) pages++
      return read(statement, values)
    }
    const texts = writeCalendar(counted, await takeSnapshot(read, await rowOf(path), thisYear))
    for (let taken = 0; taken < 10; taken++) await texts.next()
    // The first page, and the next one, which is on its way.
    assert.equal(pages, 2)
    const rest = await Array.fromAsync(texts)
    assert.equal(rest.filter((text) => text.startsWith('BEGIN:VEVENT')).length, count - 9)
    assert.equal(pages, 3)
  })
})

describe('a calendar of labels', () => {
  it('shows only contacts with one of them', async () => {
    const ada = await signUp(server)
    const path = await subscribe(ada)
    const [family, work] = [await addLabel(ada, 'Family'), await addLabel(ada, 'Work')]
    await addContact(ada, { first_name: 'Ann', birthday: '--01-01', label_ids: [family] })
    await addContact(ada, { first_name: 'Bea', birthday: '--01-02', label_ids: [work] })
    await addContact(ada, { first_name: 'Cy', birthday: '--01-03' })
    const names = async () =>
      (await titlesIn(server, path, { from: 2027, to: 2027 })).map((title) => title.slice(11, 14))
    assert.deepEqual(await names(), ['Ann', 'Bea', 'Cy:'])
    assert.deepEqual((await change(ada, { labels: [family] })).labels, [family])
    assert.deepEqual(await names(), ['Ann'])
    await change(ada, { labels: [family, work] })
    assert.deepEqual(await names(), ['Ann', 'Bea'])
    for (const all of [[], null]) {
      await change(ada, { labels: [work] })
      assert.deepEqual((await change(ada, { labels: all })).labels, [])
      assert.deepEqual(await names(), ['Ann', 'Bea', 'Cy:'])
    }
  })

  it('shows nobody when they are deleted, and can be sent back as it was read', async () => {
    const ada = await signUp(server)
    const path = await subscribe(ada)
    const family = await addLabel(ada, 'Family')
    await addContact(ada, { first_name: 'Ann', birthday: '--01-01', label_ids: [family] })
    await change(ada, { labels: [family] })
    const tag = await tagOf(path)
    expectStatus(await ada.delete(`/api/labels/${family}`), 204)
    assert.deepEqual(await titlesIn(server, path, near), [])
    assert.notEqual(await tagOf(path), tag)
    const { labels } = await readJson<Calendar>(ada, settingsUrl)
    assert.deepEqual((await change(ada, { labels })).labels, [family])
  })

  it('takes no label of somebody else, or of nobody', async () => {
    const [ada, eve] = [await signUp(server), await signUp(server)]
    await subscribe(ada)
    const [own, other] = [await addLabel(ada, 'Family'), await addLabel(eve, 'Family')]
    expectRefused(await ada.patch(settingsUrl, { labels: [own, other] }), '/labels/1')
    expectRefused(await ada.patch(settingsUrl, { labels: ['Family'] }), '/labels/0')
    assert.deepEqual((await readJson<Calendar>(ada, settingsUrl)).labels, [])
  })
})

describe('the settings of a calendar', () => {
  it('are not there before it is made, and gone when it is deleted', async () => {
    const ada = await signUp(server)
    expectProblem(await ada.get(settingsUrl), 404, 'not_found')
    expectProblem(await ada.patch(settingsUrl, {}), 404, 'not_found')
    expectProblem(await ada.delete(settingsUrl), 404, 'not_found')
    const path = await subscribe(ada)
    const { created_at, ...others } = await readJson<Calendar>(ada, settingsUrl)
    assert.ok(Math.abs(Date.parse(created_at) - Date.now()) < 3_600_000)
    assert.deepEqual(others, {
      reminders: [],
      include: ['birthdays', 'anniversaries'],
      language: 'en',
      labels: [],
      last_fetched_at: null,
    })
    expectStatus(await ada.delete(settingsUrl), 204)
    expectProblem(await ada.get(settingsUrl), 404, 'not_found')
    await expectGone(path)
  })

  it('are refused by their names, and then none is changed', async () => {
    const ada = await signUp(server)
    await subscribe(ada)
    const before = await readJson(ada, settingsUrl)
    const six = Array.from({ length: 6 }, (_, days) => `-P${days}D`)
    for (const [pointer, wrong] of [
      ['/reminders/1', { reminders: ['-P1D', 'P1D'] }],
      ['/reminders/0', { reminders: ['tomorrow'] }],
      ['/reminders', { reminders: six }],
      ['/reminders', { reminders: ['-P1D', '-P1D'] }],
      ['/include/0', { include: ['funerals'] }],
      ['/include', { include: ['dates', 'dates'] }],
      ['/language', { language: 'fr' }],
      ['/url', { url: 'x' }],
    ] as const) {
      expectRefused(await ada.patch(settingsUrl, { language: 'de', ...wrong }), pointer)
    }
    assert.deepEqual(await readJson(ada, settingsUrl), before)
    const detailOf = async (reminders: string[]) =>
      (await ada.patch(settingsUrl, { reminders })).json().errors[0].detail
    assert.equal(await detailOf(six), 'must have at most 5 members.')
    assert.equal(await detailOf(['-P1D', '-P1D']), 'must not have a member twice.')
  })

  it('are each as in a new calendar after null', async () => {
    const ada = await signUp(server)
    await subscribe(ada, 'uk')
    const before = await readJson(ada, settingsUrl)
    const family = await addLabel(ada, 'Family')
    const wanted = { reminders: ['-P1D'], include: ['dates'], labels: [family], language: 'de' }
    await change(ada, wanted)
    const nothing = { reminders: null, include: null, labels: null, language: null }
    const answer = await ada.patch(settingsUrl, nothing, { 'accept-language': 'uk' })
    expectStatus(answer, 200)
    assert.deepEqual(answer.json(), before)
  })

  it('say when it was last fetched, to some minutes', async () => {
    const ada = await signUp(server)
    const path = await subscribe(ada)
    expectStatus(await fetchCalendar(server, path), 200)
    const { last_fetched_at: first } = await readJson<Calendar>(ada, settingsUrl)
    assert.ok(first && Math.abs(Date.parse(first) - Date.now()) < 3_600_000)
    expectStatus(await fetchCalendar(server, path), 200)
    assert.equal((await readJson<Calendar>(ada, settingsUrl)).last_fetched_at, first)
    await server.services.database.pool.query(
      `update calendars set last_fetched_at = now() - interval '1 hour'`,
    )
    expectStatus(await fetchCalendar(server, path), 200)
    const { last_fetched_at: second } = await readJson<Calendar>(ada, settingsUrl)
    assert.ok(second && Date.parse(second) >= Date.parse(first))
  })
})

describe('the address of a calendar', () => {
  it('dies when there is a new one, which keeps the settings', async () => {
    const ada = await signUp(server)
    const first = await subscribe(ada)
    await change(ada, { reminders: ['-P1D'], include: ['dates'], language: 'uk' })
    const second = await subscribe(ada)
    assert.match(second, /^\/api\/calendar\/[\w-]{43}\.ics$/)
    await expectGone(first)
    expectStatus(await fetchCalendar(server, second), 200)
    const {
      created_at: _time,
      last_fetched_at: _fetch,
      ...settings
    } = await readJson<Calendar>(ada, settingsUrl)
    assert.deepEqual(settings, {
      reminders: ['-P1D'],
      include: ['dates'],
      language: 'uk',
      labels: [],
    })
  })

  it('is one of several that are asked for at the same time, and leaves no trace', async () => {
    const ada = await signUp(server)
    const paths = await Promise.all(Array.from({ length: 5 }, () => subscribe(ada)))
    const statuses = []
    for (const path of paths) statuses.push((await fetchCalendar(server, path)).statusCode)
    assert.deepEqual(
      statuses.toSorted((a, b) => a - b),
      [200, 404, 404, 404, 404],
    )
    const kept = async () => {
      const { pool } = server.services.database
      const of = 'select 1 from user_secrets where user_id = $1'
      return (await pool.query(of, [await idOf(ada)])).rowCount
    }
    assert.equal(await kept(), 1)
    expectStatus(await ada.delete(settingsUrl), 204)
    assert.equal(await kept(), 0)
  })

  it('is not told again, and dies with the account, or while that is shut out', async () => {
    const ada = await signUp(server)
    const path = await subscribe(ada)
    const [, secret = ''] = /calendar\/(.*)\.ics/.exec(path) ?? []
    assert.ok(!(await ada.get(settingsUrl)).body.includes(secret))
    await setAccountDisabled(server.services, ada.email, true)
    await expectGone(path)
    await setAccountDisabled(server.services, ada.email, false)
    expectStatus(await fetchCalendar(server, path), 200)
    expectStatus(await ada.delete('/api/users/me', { password: ada.password }), 204)
    await expectGone(path)
  })

  it('is alike not there, whatever is wrong with it', async () => {
    const bodies = new Set<string>()
    for (const secret of ['x', 'A'.repeat(43), '%F0%9F%8E%82', '../x', 'a'.repeat(5_000), '']) {
      const answer = await fetchCalendar(server, `/api/calendar/${secret}.ics`)
      expectStatus(answer, 404)
      const { instance: _instance, ...problem } = answer.json()
      bodies.add(JSON.stringify(problem))
    }
    assert.equal(bodies.size, 1)
  })

  it('is in no metric', async () => {
    const ada = await signUp(server)
    const path = await subscribe(ada)
    expectStatus(await fetchCalendar(server, path), 200)
    const { body } = await server.inject('/metrics')
    assert.ok(body.includes('/api/calendar/:secret.ics'))
    assert.ok(!body.includes(path.slice(14, 40)))
  })

  it('may be guessed at only some times a minute; who knows it is not held up', async () => {
    await using limited = await startServer({ RATE_LIMITS: 'on' })
    const ada = await signUp(limited)
    const path = await subscribe(ada)
    const guess = () => fetchCalendar(limited, `/api/calendar/${'A'.repeat(43)}.ics`)
    for (let count = 0; count < 20; count++) expectStatus(await guess(), 404)
    expectProblem(await guess(), 429, 'rate_limited')
    expectStatus(await fetchCalendar(limited, path), 200)
  })
})

describe('a calendar that was fetched already', () => {
  it('is 304 until something that it shows changes', async () => {
    const ada = await signUp(server)
    const path = await subscribe(ada)
    const id = await addContact(ada, { first_name: 'Ada', birthday: '1815-12-10' })
    const family = await addLabel(ada, 'Family')
    const seen = new Set<string>()
    const changes: (() => Promise<unknown>)[] = [
      async () => {},
      () => ada.patch(`/api/contacts/${id}`, { first_name: 'Augusta' }),
      () => change(ada, { reminders: ['-P1D'] }),
      () => change(ada, { include: ['birthdays'] }),
      () => change(ada, { language: 'de' }),
      () => change(ada, { labels: [family] }),
      () => ada.delete(`/api/labels/${family}`),
      () => ada.delete(`/api/contacts/${id}`),
    ]
    for (const change of changes) {
      await change()
      const etag = await tagOf(path)
      assert.ok(!seen.has(etag) && etag.startsWith('W/'))
      seen.add(etag)
      for (const tag of [etag, etag.slice(2)]) {
        const answer = await fetchCalendar(server, path, { 'if-none-match': tag })
        expectStatus(answer, 304)
        assert.equal(answer.body, '')
        assert.equal(answer.headers['etag'], etag)
      }
    }
  })

  it('is another one in another year, as ages are', async () => {
    const ada = await signUp(server)
    const path = await subscribe(ada)
    const { read } = server.services.database
    const row = await rowOf(path)
    const [first, same, next] = [
      await takeSnapshot(read, row, 2026),
      await takeSnapshot(read, row, 2026),
      await takeSnapshot(read, row, 2027),
    ]
    assert.equal(first.tag, same.tag)
    assert.notEqual(first.tag, next.tag)
  })

  it('costs three small queries, of which none reads a contact', async () => {
    const ada = await signUp(server)
    const path = await subscribe(ada)
    await addContact(ada, { first_name: 'Ada', birthday: '1815-12-10' })
    const etag = await tagOf(path)
    statements.clear()
    expectStatus(await fetchCalendar(server, path, { 'if-none-match': etag }), 304)
    const head = await server.inject({ method: 'HEAD', url: path })
    expectStatus(head, 200)
    assert.equal(head.headers['etag'], etag)
    assert.equal(head.headers['content-type'], 'text/calendar; charset=utf-8')
    assert.equal(head.body, '')
    // Meanwhile the queues may look for jobs.
    const asked = [...statements.keys()].filter((text) => !text.includes('pgboss'))
    assert.equal(asked.length, 3)
    for (const text of asked) assert.doesNotMatch(text, /\bcontacts\b/)
  })
})
