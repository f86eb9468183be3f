import { formatBirthday } from '../server/src/book/birthday.ts'
import { cursorAfter, readPage } from '../server/src/contacts/page.ts'
import { emailOf, password } from './accounts.ts'
import { completeEvery, today, type Dataset, type SampleRow } from './dataset.ts'
import { contactId } from './ids.ts'
import type { Random } from './random.ts'

/** One request of one user, without what all requests have in common. */
export type Call = { method: 'GET' | 'POST' | 'PATCH'; path: string; body?: object }

export type Scenario = {
  name: ScenarioName
  call: (user: number, random: Random) => Call
  /** What every answer must be. */
  status: 200 | 201
  /** The yardstick: files in `sql/` that pgbench and the bare route run, and how often each. */
  sql: { [file: string]: number }
  /** The file with what the server sends, where that is not the yardstick, on purpose. */
  sends?: string
  /** Whether it leaves rows behind. */
  writes?: boolean
  /** Whether the server counts each user's requests. */
  isLimited?: boolean
  /** Shares of the limits that are to be reached. */
  targets: { ofPgbench?: number; ofBare?: number }
}

/** In this order: reads first. */
export const scenarioNames = [
  'me',
  'read',
  'list',
  'deep',
  'search',
  'birthdays',
  'limited',
  'update',
  'create',
  'login',
  'mix',
] as const
type ScenarioName = (typeof scenarioNames)[number]

/** A text of the same length, never the same again, takes its place in every request. */
export const counterMark = '########'

/** What is typed into the search: part of a name, and part of an address. */
export const searches = ['an', 'ar', 'er', 'in', 'na', 'ri', 'ol', 'en'].flatMap((part) => [
  `${part} org`,
  `${part} com`,
])

/** 80 % reads. */
const mixture = { read: 35, list: 20, deep: 5, search: 10, birthdays: 10, create: 10, update: 10 }
const mixed = Object.entries(mixture).flatMap(([name, share]) =>
  Array.from({ length: share }, () => name as keyof typeof mixture),
)

export function createScenarios(dataset: Dataset): Scenario[] {
  const { contacts, completeRows } = dataset
  const reading = { ofPgbench: 0.3, ofBare: 0.95 }
  const get = (path: string): Call => ({ method: 'GET', path })
  const readOne = (user: number, random: Random) =>
    get(`/api/contacts/${contactId(user, random(contacts))}`)

  const all: Record<ScenarioName, Omit<Scenario, 'name'>> = {
    me: { call: () => get('/api/users/me'), status: 200, sql: {}, targets: { ofBare: 0.6 } },
    read: { call: readOne, status: 200, sql: { read: 1 }, targets: reading },
    list: {
      call: () => get('/api/contacts?limit=50'),
      status: 200,
      sql: { list: 1 },
      sends: 'list-as-columns',
      targets: { ofPgbench: 0.27, ofBare: 1.3 },
    },
    deep: {
      call: () => get(`/api/contacts?limit=50&after=${cursorAtKey(dataset.deepKey)}`),
      status: 200,
      sql: { deep: 1 },
      sends: 'deep-as-columns',
      targets: {},
    },
    search: {
      call: (_user, random) => {
        const words = searches[random(searches.length)] ?? ''
        return get(`/api/contacts/search?sort=name&q=${encodeURIComponent(words)}`)
      },
      status: 200,
      sql: { search: 1 },
      sends: 'search-as-columns',
      targets: reading,
    },
    birthdays: {
      call: () => get(`/api/contacts/birthdays?date=${today.toString()}`),
      status: 200,
      sql: { birthdays: 1 },
      sends: 'birthdays-as-columns',
      targets: reading,
    },
    limited: { call: readOne, status: 200, sql: { read: 1 }, isLimited: true, targets: {} },
    update: {
      call: (user, random) => ({
        method: 'PATCH',
        path: `/api/contacts/${contactId(user, completeContact(random, contacts))}`,
        body: { additional_data: `Called on ${counterMark}` },
      }),
      status: 200,
      sql: { update: 1 },
      writes: true,
      targets: reading,
    },
    create: {
      call: (_user, random) => ({
        method: 'POST',
        path: '/api/contacts',
        body: contactOf(completeRows[random(completeRows.length)]),
      }),
      status: 201,
      sql: { create: 1 },
      writes: true,
      targets: { ofPgbench: 0.45, ofBare: 0.9 },
    },
    login: {
      call: (user) => ({
        method: 'POST',
        path: '/api/auth/login',
        body: { email: emailOf(user), password },
      }),
      status: 200,
      sql: {},
      sends: 'login',
      writes: true,
      targets: { ofBare: 0.9 },
    },
    mix: {
      call: (user, random) => all[mixed[random(mixed.length)] ?? 'read'].call(user, random),
      // Or 201; what counts as an error in a load is 400 and above.
      status: 200,
      sql: mixture,
      writes: true,
      targets: {},
    },
  }
  return scenarioNames.map((name) => ({ name, ...all[name] }))
}

/** As the server writes it; the row need not exist. */
function cursorAtKey(key: string): string {
  const { order } = readPage({ skip: 0, limit: 50, sort: 'name' })
  return cursorAfter({ place: key, id: contactId(0, 0) }, order)
}

function completeContact(random: Random, contacts: number): number {
  return completeEvery * random(Math.ceil(contacts / completeEvery))
}

function contactOf(row: SampleRow | undefined): object {
  if (!row) throw new RangeError('there are no people')
  const { first_name, last_name, email, phone, bday_year: year, bday_md: md, additional_data } = row
  const birthday = formatBirthday({ year, md: md ?? 101 })
  return { first_name, last_name, email, phone, birthday, additional_data }
}
