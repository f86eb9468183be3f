// The bare stack to compare with: what somebody who knows Fastify and pg would write by hand to
// answer the same bytes from the same SQL, with named prepared statements, without accounts, limits,
// logs, caches or checks. Whoever asks is believed to be the owner in `x-owner`.
import { randomUUIDv7 } from 'node:crypto'
import Fastify, { type FastifyRequest } from 'fastify'
import { User } from '../server/src/accounts/user-schema.ts'
import { UpcomingBirthday } from '../server/src/birthdays/schema.ts'
import { monthDayRanges, nextOccurrence } from '../server/src/birthdays/upcoming.ts'
import { wordPatterns } from '../server/src/book/search-words.ts'
import {
  SimpleContact,
  LabelledValueSchema,
  MessengerHandle,
  PostalAddress,
  ContactAnswer,
} from '../server/src/contacts/schema.ts'
import type { UserRow } from '../server/src/db/tables.ts'
import {
  compareRows,
  constants,
  readCursor,
  toColumns,
  toContact,
  toUser,
  toWholeContact,
  type Input,
} from './bare-rows.ts'
import { openStatements } from './bare-sql.ts'

type ById = { Params: { id: string } }

const database = openStatements(process.env['DATABASE_URL'] ?? '')
const app = Fastify()
const limit = 50
const ownerOf = (request: FastifyRequest) => String(request.headers['x-owner'])
const page = { schema: { response: { 200: { type: 'array', items: SimpleContact } } } }
for (const schema of [LabelledValueSchema, PostalAddress, MessengerHandle]) app.addSchema(schema)
const one = { schema: { response: { 200: ContactAnswer, 201: ContactAnswer } } }

app.get('/ready', () => 'ok')

const { rows: everybody } = await database.pool.query<UserRow>('select * from users')
const users = new Map(everybody.map((row) => [row.id, toUser(row)]))
app.get('/api/users/me', { schema: { response: { 200: User } } }, async (request) =>
  users.get(ownerOf(request)),
)

const read = database.prepare('read')
app.get<ById>('/api/contacts/:id', one, async (request) => {
  const [row] = await read({ owner: ownerOf(request), id: request.params.id })
  return row && toWholeContact(row)
})

const list = database.prepare('list')
const deep = database.prepare('deep')
app.get<{ Querystring: { after?: string } }>('/api/contacts', page, async (request, reply) => {
  const { after } = request.query
  const first = { owner: ownerOf(request), limit: limit + 1, skip: 0 }
  const rows = await (after ? deep({ ...first, ...readCursor(after) }) : list(first))
  void reply.header('x-total-count', rows[0]?.total ?? 0)
  return rows.slice(0, limit).map(toContact)
})

const search = database.prepare('search')
app.get<{ Querystring: { q: string } }>('/api/contacts/search', page, async (request, reply) => {
  const [first_patterns, second_patterns] = wordPatterns(request.query.q)
  const owner = ownerOf(request)
  const rows = await search({ owner, first_patterns, second_patterns, limit: limit + 1, skip: 0 })
  void reply.header('x-total-count', rows[0]?.total ?? 0)
  return rows.slice(0, limit).map(toContact)
})

const birthdays = database.prepare('birthdays')
app.get<{ Querystring: { date: string } }>(
  '/api/contacts/birthdays',
  { schema: { response: { 200: { type: 'array', items: UpcomingBirthday } } } },
  async (request) => {
    const today = Temporal.PlainDate.from(request.query.date)
    const [range] = monthDayRanges(today, 7)
    const rows = await birthdays({
      owner: ownerOf(request),
      from_md: range?.from,
      to_md: range?.to,
    })
    return rows
      .map((row) => ({
        row,
        ...nextOccurrence({ year: row.bday_year, md: row.bday_md ?? 0 }, today),
      }))
      .sort((a, b) => a.daysUntil - b.daysUntil || compareRows(a.row, b.row))
      .map(({ row, date, daysUntil, turns }) => ({
        ...toContact(row),
        next_birthday: date,
        days_until: daysUntil,
        turns,
      }))
  },
)

const create = database.prepare('create')
app.post<{ Body: Input }>('/api/contacts', one, async (request, reply) => {
  const columns = toColumns(request.body)
  const [row] = await create({
    owner: ownerOf(request),
    new_id: randomUUIDv7(),
    ...constants,
    ...columns,
  })
  return reply.status(201).send(row && toWholeContact(row))
})

const [readForUpdate, update] = database.prepareAll('update')
app.patch<ById & { Body: Input }>('/api/contacts/:id', one, async (request) => {
  const key = { owner: ownerOf(request), complete_id: request.params.id }
  const [row] = (await readForUpdate?.(key)) ?? []
  const columns = toColumns({ ...(row && toContact(row)), ...request.body })
  const values = {
    row_first_name: columns.first_name,
    row_last_name: columns.last_name,
    row_email: columns.email,
    row_phone: columns.phone,
    row_bday_year: columns.bday_year,
    row_bday_md: columns.bday_md,
    note: columns.additional_data,
    row_sort_key: columns.sort_key,
    search: columns.search,
    notes_search: columns.notes_search,
    row_modseq: row?.modseq,
  }
  const [written] =
    (await update?.({
      ...key,
      ...constants,
      ...values,
      state: JSON.stringify(row && toContact(row)),
    })) ?? []
  return written && toWholeContact(written)
})

await app.listen({ host: '127.0.0.1', port: Number(process.env['PORT']) })
process.on('SIGTERM', () => void app.close().then(() => database.pool.end()))
