import assert from 'node:assert/strict'
import { randomUUID, randomUUIDv7 } from 'node:crypto'
import { after, describe, it } from 'node:test'
import { create, outcomesOf, restore, sendBatch } from '../../test/batch.ts'
import { addContact, contactsOf, historyOf } from '../../test/contacts.ts'
import { cardFor, conditionIn, connectPhone, type Phone } from '../../test/dav.ts'
import { imported } from '../../test/imports.ts'
import { labelsOf } from '../../test/labels.ts'
import { merge, undo } from '../../test/merges.ts'
import { expectStatus, signUp, type Person } from '../../test/people.ts'
import { startServer } from '../../test/server.ts'
import { uidKey } from '../book/uid.ts'

const server = await startServer()
after(() => server[Symbol.asyncDispose]())

const conflict = '{urn:ietf:params:xml:ns:carddav}no-uid-conflict'

function groupCard(name: string, uid: string, members: string[] = []): string {
  const lines = members.map((member) => `X-ADDRESSBOOKSERVER-MEMBER:urn:uuid:${member}`)
  return cardFor(name, ['X-ADDRESSBOOKSERVER-KIND:group', ...lines], uid)
}

/** The cards of all files in a book, by their addresses. */
async function cardsIn(phone: Phone, book = phone.book): Promise<Map<string, string>> {
  const { responses } = await phone.propfind(book, 1, 'getetag')
  const files = [...responses.keys()].filter((href) => href !== book)
  return new Map(
    await Promise.all(
      files.map(async (href): Promise<[string, string]> => [
        href,
        (await phone.call('GET', href)).body,
      ]),
    ),
  )
}

/** Each file has a UID of its own, and can be written again as it is. */
async function expectDistinct(phone: Phone, count: number) {
  const cards = await cardsIn(phone)
  assert.equal(cards.size, count)
  const uids = [...cards.values()].map((card) => /\r\nUID:(.*)\r\n/.exec(card)?.[1] ?? '')
  assert.equal(new Set(uids.map(uidKey)).size, count, uids.join())
  for (const [href, card] of cards) {
    expectStatus(await phone.call('PUT', href, card, { 'content-type': 'text/vcard' }), 204)
  }
}

function mixed(text: string): string {
  return text.slice(0, 9) + text.slice(9).toUpperCase()
}

/** What takes the UID of a contact that has gone. */
const holders: Record<string, (uid: string) => string> = {
  'a group': (uid) => groupCard('Choir', uid),
  'another spelling of it': (uid) => cardFor('Other', [], `URN:uuid:${mixed(uid)}`),
}

/** How a contact comes back that has gone. */
const returns: Record<string, (ada: Person, id: string) => Promise<() => Promise<void>>> = {
  async 'from the trash'(ada, id) {
    expectStatus(await ada.delete(`/api/contacts/${id}`), 204)
    return async () => expectStatus(await ada.post(`/api/trash/${id}/restore`), 200)
  },
  async 'in a batch'(ada, id) {
    expectStatus(await ada.delete(`/api/contacts/${id}`), 204)
    return async () =>
      assert.deepEqual(outcomesOf((await sendBatch(ada, restore(id))).results), [200])
  },
  async 'by undoing a merge'(ada, id) {
    const { merge_id } = await merge(ada, [await addContact(ada), id])
    return async () => void (await undo(ada, merge_id))
  },
  async 'and to what it was by its history'(ada, id) {
    expectStatus(await ada.patch(`/api/contacts/${id}`, { nickname: 'Changed' }), 200)
    const created = (await historyOf(ada, id)).at(-1)
    expectStatus(await ada.delete(`/api/contacts/${id}`), 204)
    return async () => {
      expectStatus(await ada.post(`/api/trash/${id}/restore`), 200)
      const url = `/api/contacts/${id}/history/${created?.revision}/restore`
      expectStatus(await ada.post(url), 200)
    }
  },
}

describe('a UID that something else has by now', () => {
  for (const [holder, cardOf] of Object.entries(holders)) {
    for (const [way, leave] of Object.entries(returns)) {
      it(`is given up by who comes back ${way} beside ${holder}`, async () => {
        const ada = await signUp(server)
        const phone = await connectPhone(server, ada)
        const uid = randomUUID()
        expectStatus(await phone.put('ada.vcf', cardFor('Ada', [], uid)), 201)
        const [contact] = await contactsOf(ada)
        const comeBack = await leave(ada, contact?.id ?? '')
        expectStatus(await phone.put('holder.vcf', cardOf(uid)), 201)
        const { size } = await cardsIn(phone)
        await comeBack()
        await expectDistinct(phone, size + 1)
      })
    }

    it(`is refused to a copy, a moved card and a new one beside ${holder}`, async () => {
      const ada = await signUp(server)
      const phone = await connectPhone(server, ada)
      const other = `${phone.home}other/`
      expectStatus(await phone.call('MKCOL', other), 201)
      const uid = randomUUID()
      const card = cardFor('Ada', [], uid)
      const url = `${other}ada.vcf`
      expectStatus(await phone.call('PUT', url, card, { 'content-type': 'text/vcard' }), 201)
      expectStatus(await phone.put('holder.vcf', cardOf(uid)), 201)
      const destination = `${phone.book}ada.vcf`
      for (const method of ['COPY', 'MOVE']) {
        const refused = await phone.call(method, url, undefined, { destination })
        expectStatus(refused, 403)
        assert.equal(conditionIn(refused), conflict)
      }
      assert.equal(conditionIn(await phone.put('ada.vcf', card)), conflict)
      assert.deepEqual([(await cardsIn(phone)).size, (await cardsIn(phone, other)).size], [1, 1])
    })

    it(`is not that of a contact whose id is chosen, beside ${holder}`, async () => {
      const ada = await signUp(server)
      const phone = await connectPhone(server, ada)
      const id = randomUUIDv7()
      expectStatus(await phone.put('holder.vcf', cardOf(id)), 201)
      const { results } = await sendBatch(ada, create({ first_name: 'Ada' }, { id }))
      assert.deepEqual(outcomesOf(results), [201])
      assert.equal(results[0]?.contact?.id, id)
      await expectDistinct(phone, 2)
    })
  }

  it('stays that of who comes back where another book alone has it', async () => {
    const ada = await signUp(server)
    const phone = await connectPhone(server, ada)
    const uid = randomUUID()
    const card = cardFor('Ada', [], uid)
    const other = `${phone.home}other/`
    expectStatus(await phone.call('MKCOL', other), 201)
    expectStatus(await phone.put('ada.vcf', card), 201)
    const [contact] = await contactsOf(ada)
    const headers = { 'content-type': 'text/vcard' }
    expectStatus(await phone.call('PUT', `${other}ada.vcf`, card, headers), 201)
    for (const leave of Object.values(returns).slice(0, 3)) {
      await (
        await leave(ada, contact?.id ?? '')
      )()
      assert.equal((await cardsIn(phone)).get(`${phone.book}ada.vcf`), card)
    }
  })

  it('finds the members of groups, however they are written', async () => {
    const ada = await signUp(server)
    const phone = await connectPhone(server, ada)
    const uids = [randomUUID(), randomUUID(), 'Plain-1']
    const spelled = [`URN:UUID:${mixed(uids[0] ?? '')}`, mixed(uids[1] ?? ''), 'Plain-1']
    for (const [at, uid] of spelled.entries()) await phone.put(`${at}.vcf`, cardFor('A', [], uid))
    expectStatus(await phone.put('choir.vcf', groupCard('Choir', randomUUID(), uids)), 201)
    assert.equal((await labelsOf(ada))[0]?.contacts, 3)
  })

  it('is another one in another case where it is no UUID', async () => {
    const ada = await signUp(server)
    const phone = await connectPhone(server, ada)
    expectStatus(await phone.put('a.vcf', cardFor('A', [], 'Plain')), 201)
    expectStatus(await phone.put('b.vcf', cardFor('B', [], 'plain')), 201)
    expectStatus(await phone.put('c.vcf', cardFor('C', [], 'plain')), 403)
    await expectDistinct(phone, 2)
  })

  it('is one of many that come at the same time', async () => {
    const ada = await signUp(server)
    const phone = await connectPhone(server, ada)
    for (let round = 0; round < 10; round++) {
      const [uid, id] = [randomUUID(), randomUUIDv7()]
      const spellings = [uid, uid.toUpperCase(), `urn:uuid:${uid}`, mixed(uid)]
      const { length } = (
        await Promise.all(
          spellings.map((one, at) => phone.put(`${round}-${at}.vcf`, cardFor('A', [], one))),
        )
      ).filter(({ statusCode }) => statusCode === 201)
      assert.equal(length, 1)
      await Promise.all([
        sendBatch(ada, create({ first_name: 'B' }, { id })),
        phone.put(`${id}.vcf`, cardFor('B', [], randomUUID())),
        phone.put(`${round}-b.vcf`, cardFor('B', [], id)),
      ])
    }
    const { size } = await cardsIn(phone)
    await expectDistinct(phone, size)
    assert.equal((await contactsOf(ada)).length, size)
  })

  it('is given up by an imported group', async () => {
    const ada = await signUp(server)
    const phone = await connectPhone(server, ada)
    const uid = randomUUID()
    expectStatus(await phone.put('ada.vcf', cardFor('Ada', [], uid)), 201)
    const file =
      groupCard('Choir', uid, [uid]) + groupCard('Band', 'same') + groupCard('Duo', 'same')
    await imported(ada, file)
    await expectDistinct(phone, 4)
    assert.deepEqual(
      (await labelsOf(ada)).map(({ name, contacts }) => [name, contacts]),
      [
        ['Band', 0],
        ['Choir', 1],
        ['Duo', 0],
      ],
    )
    // What came is known, and comes no second time.
    await imported(ada, file)
    await expectDistinct(phone, 4)
  })
})
