import assert from 'node:assert/strict'
import { after, describe, it } from 'node:test'
import { addContact } from '../../test/contacts.ts'
import { cardFor, connectPhone, type Phone } from '../../test/dav.ts'
import { expectStatus, signUp } from '../../test/people.ts'
import { recordStatements, type Statements } from '../../test/record-statements.ts'
import { startServer } from '../../test/server.ts'
import { openDatabase } from '../db/database.ts'

const statements: Statements = new Map()
const server = await startServer(
  {},
  { open: (...where) => recordStatements(openDatabase(...where), statements) },
)
after(() => server[Symbol.asyncDispose]())

const data = '{urn:ietf:params:xml:ns:carddav}address-data'

/** How many statements about its owner some work of a phone asks. */
async function countStatements({ book }: Phone, work: () => Promise<unknown>): Promise<number> {
  // The mail about the new app password looks its owner up.
  await server.jobsDone()
  statements.clear()
  await work()
  return statements
    .values()
    .filter(([ownerId]) => book.includes(`/${String(ownerId)}/`))
    .toArray().length
}

const multiget = (hrefs: string[], props = '<getetag/><C:address-data/>') =>
  `<C:addressbook-multiget xmlns="DAV:" xmlns:C="urn:ietf:params:xml:ns:carddav">
    <prop>${props}</prop>${hrefs.map((href) => `<href>${href}</href>`).join('')}
  </C:addressbook-multiget>`

describe('what a phone asks again and again', () => {
  it('is one statement: a new card, some cards, and a sync', async () => {
    const phone = await connectPhone(server, await signUp(server))
    await phone.put('a.vcf', cardFor('Ada'))
    const { syncToken = '' } = await phone.sync('')
    const put = () => phone.put('b.vcf', cardFor('Bob'))
    assert.equal(await countStatements(phone, put), 1)
    const hrefs = ['a.vcf', 'b.vcf'].map((name) => phone.book + name)
    assert.equal(await countStatements(phone, () => phone.report(phone.book, multiget(hrefs))), 1)
    assert.equal(await countStatements(phone, () => phone.sync(syncToken)), 1)
  })

  it('makes the cards first that are missing', async () => {
    const ada = await signUp(server)
    const phone = await connectPhone(server, ada)
    await phone.put('a.vcf', cardFor('Ada'))
    const id = await addContact(ada, { first_name: 'Bob' })
    const href = `${phone.book}${id}.vcf`
    const { responses } = await phone.report(phone.book, multiget([`${phone.book}a.vcf`, href]))
    assert.match(responses.get(href)?.found.get(data) ?? '', /\r\nFN:Bob\r\n/)
    assert.equal(responses.size, 2)
  })

  it('shows what clients have written of a card where that is asked for', async () => {
    const phone = await connectPhone(server, await signUp(server))
    await phone.put('a.vcf', cardFor('Ada'))
    const href = `${phone.book}a.vcf`
    const update = `<propertyupdate xmlns="DAV:"><set><prop>
      <colour xmlns="urn:x">red</colour></prop></set></propertyupdate>`
    expectStatus(await phone.call('PROPPATCH', href, update), 207)
    const body = multiget([href], '<getetag/><colour xmlns="urn:x"/>')
    const { responses } = await phone.report(phone.book, body)
    assert.equal(responses.get(href)?.found.get('{urn:x}colour'), 'red')
    const listed = await phone.propfind(phone.book, 1, 'displayname', 'getetag')
    assert.ok(listed.responses.get(href)?.found.get('{DAV:}displayname'))
  })
})
