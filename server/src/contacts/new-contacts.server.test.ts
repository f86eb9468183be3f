import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { after, describe, it } from 'node:test'
import { cardFor, connectPhone } from '../../test/dav.ts'
import { expectStatus, signUp } from '../../test/people.ts'
import { startServer } from '../../test/server.ts'
import { until } from '../../test/until.ts'

const server = await startServer()
after(() => server[Symbol.asyncDispose]())

const { database } = server.services

async function counted(): Promise<number> {
  const [table] = await database.read<{ rows: number }>(
    `select reltuples as rows from pg_class where oid = 'contacts'::regclass`,
    [],
  )
  return table?.rows ?? 0
}

const untilCounted = (contacts: number) =>
  until('a count of the contacts', async () => (await counted()) === contacts)

describe('the contacts that somebody sends first', () => {
  it('are counted by PostgreSQL before it would do so by itself', async () => {
    const ada = await signUp(server)
    const phone = await connectPhone(server, ada)
    assert.ok((await counted()) <= 0)
    for (let number = 0; number < 100; number++) {
      expectStatus(await phone.put(`${number}.vcf`, cardFor(`Ada ${number}`)), 201)
    }
    await untilCounted(100)
    const operations = Array.from({ length: 200 }, () => ({
      operation: 'create',
      op_id: randomUUID(),
      contact: { first_name: 'Ada' },
    }))
    expectStatus(await ada.post('/api/contacts/batch', { operations }), 200)
    await untilCounted(300)
  })
})
