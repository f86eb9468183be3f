import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import pg from 'pg'
import { startPostgres, type TestPostgres } from '../../test/postgres.ts'
import { isoTypes } from './ask.ts'
import { runStatement } from './statement.ts'

describe('a statement on a pipelined connection', () => {
  let server: TestPostgres
  let client: pg.Client
  before(async () => {
    server = await startPostgres()
    client = new pg.Client({
      connectionString: server.url('postgres'),
      types: isoTypes,
      pipeline: true,
    })
    await client.connect()
  })
  after(async () => {
    await client.end()
    await server[Symbol.asyncDispose]()
  })
  const ask = (text: string, ...values: unknown[]) => runStatement(client, text, values)

  it('has the same rows and types each time, and null where there is nothing', async () => {
    const text = `select n::int, n::bigint as big, null::text as nothing, '{"a":[1]}'::jsonb as doc,
      array['x', null] as list, timestamptz '2026-11-27 12:00:00.5+01' as at
      from generate_series(1, $1::int) n`
    const rowOf = (n: number) => ({
      n,
      big: n,
      nothing: null,
      doc: { a: [1] },
      list: ['x', null],
      at: '2026-11-27T11:00:00.500Z',
    })
    for (const count of [2, 1, 0, 3]) {
      const rows = Array.from({ length: count }, (_, index) => rowOf(index + 1))
      assert.deepEqual(await ask(text, count), rows)
    }
  })

  it('is not taken for another one that is under way', async () => {
    const texts = Array.from({ length: 4 }, (_, at) => `select $1::int as column_${at}`)
    const asked = Array.from({ length: 60 }, (_, n) => ({ text: texts[n % 4] ?? '', n }))
    const rows = await Promise.all(asked.map(({ text, n }) => ask(text, n)))
    assert.deepEqual(
      rows,
      asked.map(({ n }) => [{ [`column_${n % 4}`]: n }]),
    )
  })

  it('may fail among others, the first time and later', async () => {
    const text = 'select 6 / $1::int as quotient'
    for (const _ of [1, 2, 3]) {
      const answers = await Promise.allSettled([3, 0, 2].map((divisor) => ask(text, divisor)))
      const [first, second, third] = answers.map((answer) =>
        answer.status === 'fulfilled' ? answer.value[0] : answer.reason.code,
      )
      assert.deepEqual([first, second, third], [{ quotient: 2 }, '22012', { quotient: 3 }])
    }
  })

  it('fails by itself where a value cannot be read', async () => {
    const text = 'select $1::timestamptz as at'
    const at = '2026-11-27T11:00:00.000Z'
    for (const _ of [1, 2]) {
      const answers = await Promise.allSettled([at, 'infinity', at].map((time) => ask(text, time)))
      assert.deepEqual(
        answers.map((answer) =>
          answer.status === 'fulfilled' ? answer.value : answer.reason.name,
        ),
        [[{ at }], 'RangeError', [{ at }]],
      )
    }
  })

  it('has no rows where it returns none', async () => {
    await ask('create temporary table notes (body text)')
    for (const body of ['one', 'two', 'three'])
      assert.deepEqual(await ask('insert into notes values ($1)', body), [])
    assert.deepEqual(await ask('select count(*) as written from notes'), [{ written: 3 }])
  })

  it('is refused, and not misread, where its columns have changed', async () => {
    await ask('create temporary table people (name text)')
    await ask("insert into people values ('Ada')")
    const text = 'select *, $1::int as n from people'
    for (const n of [1, 2, 3]) assert.deepEqual(await ask(text, n), [{ name: 'Ada', n }])
    await ask('alter table people add column age int')
    await assert.rejects(ask(text, 4), /cached plan must not change result type/)
  })
})
