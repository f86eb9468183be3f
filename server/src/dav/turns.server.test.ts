import assert from 'node:assert/strict'
import { after, it } from 'node:test'
import { cardFor, connectPhone } from '../../test/dav.ts'
import { signUp } from '../../test/people.ts'
import { startServer } from '../../test/server.ts'
import type { Ask } from '../db/ask.ts'
import { openDatabase, type OpenDatabase } from '../db/database.ts'
import { textOf } from '../db/steps.ts'

const seen = { underWay: 0, most: 0 }
const server = await startServer({}, { open: (...where) => watching(openDatabase(...where)) })
after(() => server[Symbol.asyncDispose]())

/** The same database, which notes how many statements that read cards are under way at once. */
function watching(database: OpenDatabase): OpenDatabase {
  const read: Ask = async (statement, values) => {
    if (!textOf(statement).includes('contact_cards')) return database.read(statement, values)
    seen.most = Math.max(seen.most, ++seen.underWay)
    try {
      return await database.read(statement, values)
    } finally {
      seen.underWay--
    }
  }
  return { ...database, read }
}

it('leaves connections to others while many phones read cards', async () => {
  const phone = await connectPhone(server, await signUp(server))
  const names = Array.from({ length: 20 }, (_, at) => `${at}.vcf`)
  for (const name of names) await phone.put(name, cardFor(`Ada ${name}`))
  const wanted = `<C:addressbook-multiget xmlns="DAV:" xmlns:C="urn:ietf:params:xml:ns:carddav">
    <prop><C:address-data/></prop>${names.map((name) => `<href>${phone.book}${name}</href>`).join('')}
  </C:addressbook-multiget>`
  seen.most = 0
  const answers = await Promise.all(names.map(() => phone.report(phone.book, wanted)))
  for (const { responses } of answers) assert.equal(responses.size, names.length)
  assert.equal(seen.most, server.services.database.isOurs ? 1 : 2)
})
