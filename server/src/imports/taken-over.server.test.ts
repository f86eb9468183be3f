import assert from 'node:assert/strict'
import { after, it } from 'node:test'
import { cardWith, idOf } from '../../test/cards.ts'
import { addContact } from '../../test/contacts.ts'
import { countsOf, finished, importFile } from '../../test/imports.ts'
import { readJson, signUp } from '../../test/people.ts'
import { startServer } from '../../test/server.ts'
import { until } from '../../test/until.ts'
import { inBook } from '../contacts/store/locked-book.ts'
import { importAuthor } from './import-author.ts'
import type { Import } from './schema.ts'

const server = await startServer()
after(() => server[Symbol.asyncDispose]())
const { database } = server.services

const file = ['Ada', 'Grace', 'Mary'].map((name) => cardWith('3.0', `FN:${name}`)).join('')

it('an import is ended by its job though another run took it over, which was broken off', async () => {
  const owner = await signUp(server)
  // Its book is there by then, and can be locked.
  await addContact(owner)
  const author = importAuthor(await idOf(owner))
  const locked = Promise.withResolvers<void>()
  const goOn = Promise.withResolvers<void>()
  const holding = inBook(database, author, async () => {
    locked.resolve()
    await goOn.promise
  })
  await locked.promise
  const answer = await importFile(owner, file)
  const url = `/api/imports/${answer.json<Import>().id}`
  await until('it to run', async () => (await readJson<Import>(owner, url)).state === 'running')
  // As the other run leaves it.
  const { rowCount } = await database.pool.query(
    'update imports set done = 1, created = 1 where owner_id = $1',
    [author.ownerId],
  )
  assert.equal(rowCount, 1)
  goOn.resolve()
  await holding
  const done = await finished(owner, answer)
  assert.equal(done.state, 'done')
  assert.deepEqual(countsOf(done), { created: 3, updated: 0, same: 0, failed: 0 })
})
