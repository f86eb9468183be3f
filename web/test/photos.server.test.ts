import assert from 'node:assert/strict'
import { after, beforeEach, suite, test } from 'node:test'
import sharp from 'sharp'
import { v7 as uuid } from 'uuid'
import { addContact, readContact, trashOf } from '../../server/test/contacts.ts'
import { expectStatus, signUp, type Person } from '../../server/test/people.ts'
import { startServer } from '../../server/test/server.ts'
import { assertSame, connect, discard, openTab, refusalIn, unheard, type Tab } from './tab.ts'

const server = await startServer({}, { listen: true })
const network = connect(server)
beforeEach(() => {
  network.state = 'up'
  network.intercept = null
})
after(() => {
  network[Symbol.dispose]()
  return server[Symbol.asyncDispose]()
})

const create = { width: 8, height: 8, channels: 3, background: '#2d86c9' } as const
const picture = new Blob([new Uint8Array(await sharp({ create }).webp().toBuffer())], {
  type: 'image/webp',
})
const setPhoto = (id: string, photo: Blob | null) => ({ kind: 'photo', id, photo }) as const
const patch = (id: string) => ({ kind: 'patch', id, patch: { nickname: 'Countess' } }) as const

/** Somebody with a contact, on a device that has it. */
async function withContact(): Promise<{ person: Person; id: string; tab: Tab }> {
  const person = await signUp(server)
  const id = await addContact(person)
  const tab = await openTab(person)
  await tab.settle()
  return { person, id, tab }
}

const hasPhoto = async (person: Person, id: string) =>
  (await readContact(person, id)).photo !== null

suite('a photo that waits to be sent', () => {
  test('is on the device when the page is closed, and is sent by the next one', async () => {
    const { person, id, tab } = await withContact()
    await unheard(network, async () => {
      await using _ = tab
      await tab.edits.change([patch(id), setPhoto(id, picture)])
    })
    await using next = await openTab(person)
    assert.deepEqual(
      next.waiting.map(({ kind }) => kind),
      ['patch', 'photo'],
    )
    await next.settle()
    await assertSame(next, person)
    assert.equal(await hasPhoto(person, id), true)
    await next.edits.change([setPhoto(id, null)])
    await next.settle()
    await assertSame(next, person)
    assert.equal(await hasPhoto(person, id), false)
  })

  test('is sent after the new contact that it is of', async () => {
    const person = await signUp(server)
    await using tab = await openTab(person)
    await tab.settle()
    const id = uuid()
    await unheard(network, async () => {
      const contact = { first_name: 'Grace' }
      await tab.edits.change([{ kind: 'create', id, contact }, setPhoto(id, picture)])
      await tab.edits.change([patch(id)])
    })
    assert.equal(tab.waiting.length, 2)
    await tab.settle()
    assert.equal(await hasPhoto(person, id), true)
    await assertSame(tab, person)
  })

  test('is once more the last one that was chosen', async () => {
    const { person, id, tab } = await withContact()
    await using _ = tab
    await unheard(network, () => tab.edits.change([setPhoto(id, picture), setPhoto(id, null)]))
    assert.equal(tab.waiting.length, 1)
    await tab.settle()
    assert.equal(await hasPhoto(person, id), false)
  })

  test('goes with its contact, and comes back with it', async () => {
    const { person, id, tab } = await withContact()
    await using _ = tab
    const step = await unheard(network, async () => {
      await tab.edits.change([setPhoto(id, picture)])
      return tab.edits.change([{ kind: 'delete', id }])
    })
    await tab.settle()
    assert.equal((await trashOf(person)).length, 1)
    await tab.edits.undo(step, [id])
    await tab.settle()
    assert.equal(await hasPhoto(person, id), true)
    await assertSame(tab, person)
  })

  test('that the server cannot read is refused, and can be discarded', async () => {
    const { id, tab } = await withContact()
    await using _ = tab
    await tab.edits.change([setPhoto(id, new Blob(['none'], { type: 'image/webp' }))])
    const refused = await refusalIn(tab)
    assert.deepEqual([refused.kind, refused.refusal?.code], ['photo', 'validation_failed'])
    await discard(tab, refused)
    await tab.settle()
  })

  test('of a contact that was deleted elsewhere waits for it, and brings it back by Retry', async () => {
    const { person, id, tab } = await withContact()
    await using _ = tab
    await unheard(network, async () => {
      await tab.edits.change([patch(id), setPhoto(id, picture)])
      expectStatus(await person.delete(`/api/contacts/${id}`), 204)
    })
    await tab.account.syncing.now()
    assert.deepEqual(
      tab.waiting.map(({ refusal }) => refusal?.code),
      ['not_found', 'not_found'],
    )
    await tab.edits.retry()
    await tab.settle()
    assert.equal((await readContact(person, id)).nickname, 'Countess')
    assert.equal(await hasPhoto(person, id), true)
    await assertSame(tab, person)
  })

  test('is not kept where more wait than a device keeps, nor what was saved with it', async () => {
    const { id, tab } = await withContact()
    await using _ = tab
    const large = new Blob([new Uint8Array(21 * 1024 * 1024)], { type: 'image/webp' })
    await assert.rejects(tab.edits.change([patch(id), setPhoto(id, large)]), /too many photos/)
    assert.deepEqual(tab.waiting, [])
    assert.equal((await tab.list())[0]?.nickname, null)
  })
})
