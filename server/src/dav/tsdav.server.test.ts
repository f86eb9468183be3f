import assert from 'node:assert/strict'
import { after, describe, it } from 'node:test'
import { DAVClient, type DAVObject } from 'tsdav'
import { cardFor, connectPhone } from '../../test/dav.ts'
import { readJson, signUp } from '../../test/people.ts'
import { startServer } from '../../test/server.ts'

const server = await startServer({}, { listen: true })
after(() => server[Symbol.asyncDispose]())

async function login() {
  const ada = await signUp(server)
  const { password } = await connectPhone(server, ada)
  const client = new DAVClient({
    serverUrl: server.url,
    credentials: { username: ada.email, password },
    authMethod: 'Basic',
    defaultAccountType: 'carddav',
  })
  await client.login()
  const [addressBook] = await client.fetchAddressBooks()
  assert.ok(addressBook)
  return { ada, client, addressBook }
}

describe('tsdav', () => {
  it('finds the book from the host alone, and knows that it can be synced', async () => {
    const { client, addressBook } = await login()
    assert.equal((await client.fetchAddressBooks()).length, 1)
    assert.equal(addressBook.displayName, 'Contacts')
    assert.ok(addressBook.syncToken)
    assert.ok(addressBook.ctag)
    assert.ok(addressBook.reports?.includes('syncCollection'))
  })

  it('creates, reads, changes and deletes cards', async () => {
    const { ada, client, addressBook } = await login()
    const card = cardFor('Zoë', ['X-STRANGE:1', 'NOTE:a < b & c'])
    const made = await client.createVCard({ addressBook, filename: 'zoë@1.vcf', vCardString: card })
    assert.equal(made.status, 201)
    const [read] = await client.fetchVCards({ addressBook })
    assert.ok(read)
    // It drops the white space at the end of a text.
    assert.equal(read.data, card.trimEnd())
    assert.equal(read.etag, made.headers.get('etag'))

    const changed: DAVObject = { ...read, data: card.replace('a < b', 'a > b') }
    assert.equal((await client.updateVCard({ vCard: changed })).status, 204)
    // By the tag of before: somebody else could have changed it since.
    assert.equal((await client.updateVCard({ vCard: { ...read, data: card } })).status, 412)
    const [contact] = await readJson<{ additional_data: string }[]>(ada, '/api/contacts')
    assert.equal(contact?.additional_data, 'a > b & c')

    const [now] = await client.fetchVCards({ addressBook })
    assert.ok(now)
    assert.equal((await client.deleteVCard({ vCard: now })).status, 204)
    assert.deepEqual(await client.fetchVCards({ addressBook }), [])
  })

  it('syncs what has changed since, and begins anew on a token that is none', async () => {
    const { ada, client, addressBook } = await login()
    const objects = await client.fetchVCards({ addressBook })
    await ada.post('/api/contacts', { first_name: 'Ada' })
    const sync = (syncToken: string) =>
      client.smartCollectionSyncDetailed({
        collection: {
          ...addressBook,
          syncToken,
          objects,
          objectMultiGet: (wanted) => client.addressBookMultiGet(wanted),
        },
        method: 'webdav',
      })
    const { objects: found } = await sync(addressBook.syncToken ?? '')
    assert.equal(found?.created?.length, 1)
    assert.match(String(found?.created?.[0]?.data), /\r?\nFN:Ada\r?\n/)
    await assert.rejects(sync('nonsense'), /valid-sync-token|403|Forbidden/i)
    const again = await client.fetchVCards({ addressBook })
    assert.equal(again.length, 1)
  })

  it('makes another book', async () => {
    const { client, addressBook } = await login()
    const url = new URL('../work/', addressBook.url).href
    const props = { 'd:displayname': 'Work' }
    const [made] = await client.makeCollection({ url, props })
    assert.equal(made?.ok, true)
    const books = await client.fetchAddressBooks()
    assert.deepEqual(
      books.map(({ displayName }) => displayName),
      ['Contacts', 'Work'],
    )
  })
})
