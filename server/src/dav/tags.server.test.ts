import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { after, describe, it } from 'node:test'
import { addContact } from '../../test/contacts.ts'
import { connectPhone, type Multistatus, type Phone } from '../../test/dav.ts'
import { expectStatus, signUp, type Person } from '../../test/people.ts'
import { startServer } from '../../test/server.ts'

const server = await startServer()
after(() => server[Symbol.asyncDispose]())

const withCards = '<getetag/><C:address-data/>'
const rounds = 4

/** Contacts one by one, and a hundred at a time, which have no card until somebody reads them. */
async function writeAll(owner: Person) {
  const single = async () => {
    for (let at = 0; at < 10 * rounds; at++) await addContact(owner, { first_name: `One ${at}` })
  }
  const many = async () => {
    for (let at = 0; at < rounds; at++) {
      const operations = Array.from({ length: 100 }, (_, number) => ({
        operation: 'create',
        op_id: randomUUID(),
        contact: { first_name: `Many ${at}`, last_name: `${number}` },
      }))
      expectStatus(await owner.post('/api/contacts/batch', { operations }), 200)
    }
  }
  await Promise.all([single(), many()])
}

const xmlns = 'xmlns="DAV:" xmlns:C="urn:ietf:params:xml:ns:carddav"'
const sync = (props: string) => {
  let token = ''
  return async (phone: Phone) => {
    const answer = await phone.report(
      phone.book,
      `<sync-collection ${xmlns}><sync-token>${token}</sync-token><sync-level>1</sync-level>
        <prop>${props}</prop></sync-collection>`,
    )
    token = answer.syncToken ?? ''
    return answer
  }
}
const query = (props: string) => (phone: Phone) =>
  phone.report(
    phone.book,
    `<C:addressbook-query ${xmlns}><prop>${props}</prop>
      <C:filter><C:prop-filter name="FN"/></C:filter></C:addressbook-query>`,
  )
const list = (phone: Phone) => phone.propfind(phone.book, 1, 'getetag')
const listWithLengths = (phone: Phone) =>
  phone.propfind(phone.book, 1, 'getetag', 'getcontentlength')

/** The entity tags of cards that an answer has. */
function tagsIn({ responses }: Multistatus): [string, string][] {
  return Array.from(responses).flatMap(([href, { found }]) => {
    const tag = found.get('{DAV:}getetag')
    return tag === undefined ? [] : [[href, tag]]
  })
}

describe('the entity tag of a contact that was just written', () => {
  const ways = {
    'a sync': sync('<getetag/>'),
    'a sync with cards': sync(withCards),
    'a listing': list,
    'a listing with lengths': listWithLengths,
    'a query': query('<getetag/>'),
    'a query with cards': query(withCards),
  }
  it('is the one of its card, in every listing beside the writers', async () => {
    const ada = await signUp(server)
    const phone = await connectPhone(server, ada)
    let isWritten = false
    const writing = writeAll(ada).finally(() => (isWritten = true))
    const reading = Object.entries(ways).map(async ([way, read]) => {
      const tags = new Map<string, string>()
      for (let isLast = false; !isLast;) {
        isLast = isWritten
        for (const [href, tag] of tagsIn(await read(phone))) {
          // Nobody changes a contact.
          assert.equal(tag, tags.get(href) ?? tag, `${way} of ${href}`)
          tags.set(href, tag)
        }
      }
      return [way, tags] as const
    })
    await writing
    const known = await Promise.all(reading)
    const all = new Map(tagsIn(await list(phone)))
    assert.equal(all.size, 110 * rounds)
    for (const [href, tag] of all) {
      const { headers } = await phone.call('GET', href)
      assert.equal(headers.etag, tag)
    }
    for (const [way, tags] of known)
      assert.deepEqual(new Map(all.keys().map((href) => [href, tags.get(href)])), all, way)
  })
})
