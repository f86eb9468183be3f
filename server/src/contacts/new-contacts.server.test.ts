import assert from 'node:assert/strict'
import { after, describe, it } from 'node:test'
import { cardFor, connectPhone } from '../../test/dav.ts'
import { expectStatus, signUp } from '../../test/people.ts'
import { startServer } from '../../test/server.ts'
import { until } from '../../test/until.ts'

const server = await startServer()
after(() => server[Symbol.asyncDispose]())

describe('a phone that sends its first contacts', () => {
  it('has PostgreSQL count them before it would by itself', async () => {
    const { database } = server.services
    const counted = async () => {
      const [table] = await database.read<{ rows: number }>(
        `select reltuples as rows from pg_class where oid = 'contacts'::regclass`,
        [],
      )
      return table?.rows ?? 0
    }
    const ada = await signUp(server)
    const phone = await connectPhone(server, ada)
    assert.ok((await counted()) <= 0)
    for (let number = 0; number < 100; number++) {
      expectStatus(await phone.put(`${number}.vcf`, cardFor(`Ada ${number}`)), 201)
    }
    assert.equal(
      await until('a count of the contacts', async () => (await counted()) > 0 && counted()),
      100,
    )
  })
})
