import assert from 'node:assert/strict'
import { after, describe, it } from 'node:test'
import { contactsOf } from '../../test/contacts.ts'
import { cardFor, connectPhone, type Phone } from '../../test/dav.ts'
import { labelsOf } from '../../test/labels.ts'
import { merge, undo } from '../../test/merges.ts'
import { expectStatus, signUp } from '../../test/people.ts'
import { startServer } from '../../test/server.ts'

const server = await startServer()
after(() => server[Symbol.asyncDispose]())

const rounds = 8

async function someone() {
  const ada = await signUp(server)
  return { ada, phone: await connectPhone(server, ada) }
}

async function makeBook(phone: Phone, name: string): Promise<string> {
  const book = `${phone.home}${name}/`
  expectStatus(await phone.call('MKCOL', book), 201)
  return book
}

const put = (phone: Phone, href: string, card: string) =>
  phone.call('PUT', href, card, { 'content-type': 'text/vcard' })

/** The names of the files of all address books. */
async function filesOf(phone: Phone): Promise<string[]> {
  const { responses } = await phone.propfind(phone.home, 1, 'resourcetype')
  const books = [...responses.keys()].filter((href) => href !== phone.home)
  const lists = await Promise.all(
    books.map(async (book) => {
      const { responses: files } = await phone.propfind(book, 1, 'getetag')
      return [...files.keys()].filter((href) => href !== book)
    }),
  )
  return lists.flat().map((href) => href.slice(href.lastIndexOf('/') + 1))
}

describe('what comes while its address book is deleted', () => {
  it('is refused or goes with it, and is never left without a book', async () => {
    const { ada, phone } = await someone()
    for (let round = 0; round < rounds; round++) {
      const book = await makeBook(phone, `book${round}`)
      const names = ['a', 'b', 'c'].map((name) => `${name}${round}.vcf`)
      for (const name of names) expectStatus(await phone.put(name, cardFor(name)), 201)
      const [moved = '', copied = ''] = names
      const transfer = (mode: 'COPY' | 'MOVE', name: string) =>
        phone.call(mode, phone.book + name, '', { destination: `${book}${mode}-${name}` })
      const [deleted, ...others] = await Promise.all([
        phone.call('DELETE', book),
        put(phone, `${book}x.vcf`, cardFor('Xenia', ['CATEGORIES:Chess'])),
        put(phone, `${book}y.vcf`, cardFor('Yves', ['CATEGORIES:Chess'])),
        transfer('MOVE', moved),
        transfer('COPY', copied),
      ])
      expectStatus(deleted, 204)
      for (const { statusCode } of others) assert.ok([201, 409].includes(statusCode))
      expectStatus(await phone.call('GET', book), 404)
    }
    const contacts = await contactsOf(ada)
    assert.equal((await filesOf(phone)).length, contacts.length)
  })

  it('is no group whose name another one then lacks', async () => {
    const { ada, phone } = await someone()
    const group = (name: string) => cardFor(name, ['X-ADDRESSBOOKSERVER-KIND:group'])
    for (let round = 0; round < rounds; round++) {
      const book = await makeBook(phone, `book${round}`)
      const names = ['Choir', 'Chess', 'Club'].map((name) => `${name} ${round}`)
      await Promise.all([
        phone.call('DELETE', book),
        ...names.map((name, at) => put(phone, `${book}${at}.vcf`, group(name))),
      ])
      for (const [at, name] of names.entries()) {
        expectStatus(await phone.put(`${round}-${at}.vcf`, group(name)), 201)
      }
    }
    assert.equal((await labelsOf(ada)).length, 3 * rounds)
  })

  it('is in a book as well where another one takes its address', async () => {
    const { ada, phone } = await someone()
    for (let round = 0; round < rounds; round++) {
      const [from, to] = [
        await makeBook(phone, `from${round}`),
        await makeBook(phone, `to${round}`),
      ]
      const puts = ['x', 'y', 'z'].map((name) =>
        put(phone, `${to}${name}.vcf`, cardFor(name, ['CATEGORIES:Chess'])),
      )
      const move = phone.call('MOVE', from, '', { destination: to })
      const [moved] = await Promise.all([move, ...puts])
      expectStatus(moved, 204)
    }
    assert.equal((await filesOf(phone)).length, (await contactsOf(ada)).length)
  })
})

describe('the contacts of an address book that is gone', () => {
  it('come back into the first one, from the trash and from merges', async () => {
    const { ada, phone } = await someone()
    const book = await makeBook(phone, 'other')
    for (const name of ['Alone', 'Before', 'Into', 'Merged']) {
      expectStatus(await put(phone, `${book}${name}.vcf`, cardFor(name)), 201)
    }
    const ids = new Map((await contactsOf(ada)).map(({ first_name, id }) => [first_name, id]))
    const idOf = (name: string) => ids.get(name) ?? ''
    const { merge_id } = await merge(ada, [idOf('Into'), idOf('Merged')])
    expectStatus(await phone.call('DELETE', `${book}Before.vcf`), 204)
    const before = (await phone.sync('')).syncToken ?? ''
    expectStatus(await phone.call('DELETE', book), 204)
    assert.notEqual((await phone.sync(before)).syncToken, before)
    for (const name of ['Alone', 'Before']) {
      expectStatus(await ada.post(`/api/trash/${idOf(name)}/restore`), 200)
    }
    await undo(ada, merge_id, '?force=true')
    assert.equal((await contactsOf(ada)).length, 4)
    assert.equal((await filesOf(phone)).length, 4)
  })
})
