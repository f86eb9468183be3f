import assert from 'node:assert/strict'
import { after, it } from 'node:test'
import { cardWith } from '../../../test/cards.ts'
import { entriesOf, imported } from '../../../test/imports.ts'
import { signUp } from '../../../test/people.ts'
import { startServer } from '../../../test/server.ts'
import type { Import } from '../schema.ts'

const server = await startServer()
after(() => server[Symbol.asyncDispose]())

it('what an older version told of an import is told as it was', async () => {
  const owner = await signUp(server)
  const done = await imported(owner, cardWith('3.0', 'FN:N\0L'))
  const { pool } = server.services.database
  await pool.query(`update import_entries set remarks = null, reason = 'Old.'`)
  await pool.query(`update imports set reason = 'Older.', warning = 'Oldest.'`)
  const [entry] = await entriesOf(owner, done)
  assert.deepEqual([entry?.reason, entry?.remarks], ['Old.', []])
  const row = (await owner.get(`/api/imports/${done.id}`)).json<Import>()
  assert.deepEqual([row.reason, row.warning, row.remarks], ['Older.', 'Oldest.', []])
})
