import { randomUUID } from 'node:crypto'
import { cardFor, connectPhone } from './dav.ts'
import { finished, imported } from './imports.ts'
import { signUp, type Person } from './people.ts'
import type { TestServer } from './server.ts'

/** Makes every call of CardDAV that leads to a statement of its own. */
export async function syncContacts(server: TestServer): Promise<void> {
  const ada = await signUp(server)
  const phone = await connectPhone(server, ada)
  await ada.post('/api/contacts', { first_name: 'Bob' })
  const { syncToken = '' } = await phone.sync('')
  const uid = randomUUID()
  const card = cardFor('Ada', ['CATEGORIES:Friends'], uid)
  await phone.put('a.vcf', card)
  await phone.put('a.vcf', card.replace('FN:Ada', 'FN:Ada L'))
  await phone.put(`${randomUUID()}.vcf`, cardFor('Cleo'))
  await phone.propfind('/', 0, 'current-user-principal')
  await phone.propfind(phone.home, 1, 'displayname')
  await phone.propfind(phone.book, 1, 'getetag')
  await phone.sync(syncToken)
  await phone.report(
    phone.book,
    `<C:addressbook-query xmlns="DAV:" xmlns:C="urn:ietf:params:xml:ns:carddav"><prop><getetag/>
    <C:address-data/></prop><C:filter><C:prop-filter name="FN"/></C:filter></C:addressbook-query>`,
  )
  const body = `<propertyupdate xmlns="DAV:"><set><prop><displayname>Mine</displayname></prop></set>
    <remove><prop><x xmlns="urn:x"/></prop></remove></propertyupdate>`
  await phone.call('PROPPATCH', phone.book, body)
  await useGroup(ada, phone, uid)
  await useBooks(phone)
  const group = cardFor('Band', ['X-ADDRESSBOOKSERVER-KIND:group'])
  const { id } = await imported(ada, group)
  await phone.sync('')
  await finished(ada, await ada.delete(`/api/imports/${id}`))
}

type Phone = Awaited<ReturnType<typeof connectPhone>>

async function useGroup(ada: Person, phone: Phone, member: string) {
  const uid = randomUUID()
  const lines = ['X-ADDRESSBOOKSERVER-KIND:group', `X-ADDRESSBOOKSERVER-MEMBER:urn:uuid:${member}`]
  await phone.put('choir.vcf', cardFor('Choir', lines, uid))
  await phone.put('b.vcf', cardFor('Dora'))
  const labels: { id: string; name: string }[] = (await ada.get('/api/labels')).json()
  const choir = labels.find(({ name }) => name === 'Choir')
  await ada.patch(`/api/labels/${choir?.id}`, { name: 'Singers' })
  const { syncToken = '' } = await phone.sync('')
  await phone.put('choir.vcf', cardFor('Singers', lines.slice(0, 1), uid))
  await ada.post('/api/labels', { name: 'Quartet' })
  await phone.put('choir.vcf', cardFor('Singers', lines, uid))
  await phone.put('choir.vcf', cardFor('Quartet', lines, uid))
  const strangers = Array.from(
    { length: 60 },
    () => `X-ADDRESSBOOKSERVER-MEMBER:urn:uuid:${randomUUID()}`,
  )
  await phone.put('choir.vcf', cardFor('Quartet', [...lines, ...strangers], uid))
  await phone.call('GET', `${phone.book}choir.vcf`)
  await phone.report(
    phone.book,
    `<sync-collection xmlns="DAV:" xmlns:C="urn:ietf:params:xml:ns:carddav"><sync-token/>
    <sync-level>1</sync-level><prop><C:address-data/></prop></sync-collection>`,
  )
  await imported(ada, cardFor('Quartet', lines))
  await phone.call('DELETE', `${phone.book}choir.vcf`)
  await phone.sync(syncToken)
}

async function useBooks(phone: Phone) {
  const other = `${phone.home}other/`
  await phone.call('MKCOL', other)
  const destination = `${other}a.vcf`
  await phone.call('COPY', `${phone.book}a.vcf`, '', { destination })
  await phone.call('MOVE', `${phone.book}a.vcf`, '', { destination })
  const third = `${phone.home}third/`
  await phone.call('MOVE', other, '', { destination: third })
  await phone.call('DELETE', third)
}
