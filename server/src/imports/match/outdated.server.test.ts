import assert from 'node:assert/strict'
import { after, it } from 'node:test'
import { addContact } from '../../../test/contacts.ts'
import { countsOf, imported } from '../../../test/imports.ts'
import { signUp } from '../../../test/people.ts'
import { startServer } from '../../../test/server.ts'
import { columnsVersion } from '../../contacts/store/columns.ts'

const server = await startServer()
after(() => server[Symbol.asyncDispose]())

for (const dryRun of [true, false]) {
  const what = dryRun ? 'a preview' : 'an import'
  it(`${what} knows contacts whose columns are of an older version`, async () => {
    const { database, indexState } = server.services
    const ada = await signUp(server)
    await addContact(ada, { first_name: 'Ada', last_name: 'Lovelace', email: 'ada@example.org' })
    await database.pool.query(`update contacts set sort_key = 'outdated', proj_version = $1`, [
      columnsVersion - 1,
    ])
    // Else the next look would find all up to date.
    await database.pool.query('update column_versions set finished_at = null')
    indexState.note(false)
    const file = 'First Name,Last Name,E-mail 1 - Value\nAda,Lovelace,ada@example.org\n'
    const result = await imported(ada, file, { name: 'contacts.csv', dryRun })
    assert.deepEqual(countsOf(result), { created: 0, updated: 0, same: 1, failed: 0 })
  })
}
