import assert from 'node:assert/strict'
import { after, beforeEach, suite, test } from 'node:test'
import { v7 as uuid } from 'uuid'
import { addContact, readContact, trashOf } from '../../server/test/contacts.ts'
import { expectStatus, signUp } from '../../server/test/people.ts'
import { startServer } from '../../server/test/server.ts'
import { until } from '../../server/test/until.ts'
import type { Change } from '../src/worker/calls.ts'
import { assertSame, connect, openTab, refusalIn, unheard, type Tab } from './tab.ts'

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

const idsHere = async (tab: Tab) => (await tab.list()).map(({ id }) => id)

suite('what the server refuses', () => {
  const refused = { code: 'forbidden', detail: 'Not this one.' }

  /** A proxy in front of the server that refuses every change of a contact. */
  async function refuse(request: Request): Promise<Response> {
    const { operations } = (await request.json()) as { operations: { op_id: string }[] }
    const results = operations.map(({ op_id }) => ({ op_id, status: 403, error: refused }))
    return Response.json({ results })
  }

  function refuseAll() {
    network.intercept = (request) => (request.url.endsWith('/batch') ? refuse(request) : undefined)
  }

  const kinds: Record<string, (ids: { here: string; gone: string }) => Change> = {
    'a new contact': () => ({ kind: 'create', id: uuid(), contact: { first_name: 'Grace' } }),
    'an edit': ({ here: id }) => ({ kind: 'patch', id, patch: { nickname: 'Countess' } }),
    'a label': ({ here: id }) => ({ kind: 'label', id, name: 'Friends', isGiven: true }),
    'a star': ({ here: id }) => ({ kind: 'label', id, name: 'Starred', isGiven: true }),
    'a deletion': ({ here: id }) => ({ kind: 'delete', id }),
    'a restoration': ({ gone: id }) => ({ kind: 'restore', id }),
  }
  for (const [name, changeOf] of Object.entries(kinds)) {
    for (const isOffline of [false, true]) {
      const how = isOffline ? 'without a network, and read after a reload' : 'at once'
      test(`${name}: discarded ${how}, it leaves what the server has`, async () => {
        const person = await signUp(server)
        const ids = { here: await addContact(person), gone: await addContact(person) }
        {
          await using tab = await openTab(person)
          await tab.settle()
          const step = await tab.edits.change([{ kind: 'delete', id: ids.gone }])
          await tab.settle()
          refuseAll()
          const change = changeOf(ids)
          if (change.kind === 'restore') await tab.edits.undo(step, [ids.gone])
          else await tab.edits.change([change])
          const { opId } = await refusalIn(tab)
          if (change.kind === 'delete' || change.kind === 'restore') {
            const isShown = async () => (await idsHere(tab)).join() === ids.here
            await until('what the server has to be shown', isShown)
          }
          // Nothing of it comes by the feed: on the server nothing changed.
          network.intercept = null
          if (isOffline) await unheard(network, () => tab.edits.discard(opId))
          else {
            await tab.edits.discard(opId)
            await tab.settle()
            await assertSame(tab, person)
          }
        }
        await using tab = await openTab(person)
        await tab.settle()
        await assertSame(tab, person)
        assert.deepEqual(await idsHere(tab), [ids.here])
      })
    }
  }

  test('a deletion that is tried again, is done', async () => {
    const person = await signUp(server)
    const id = await addContact(person)
    await using tab = await openTab(person)
    await tab.settle()
    refuseAll()
    await tab.edits.change([{ kind: 'delete', id }])
    await refusalIn(tab)
    await until('it to be shown again', async () => (await tab.list()).length === 1)
    network.intercept = null
    await tab.edits.retry()
    assert.deepEqual(await tab.list(), [])
    await tab.settle()
    assert.equal((await trashOf(person)).length, 1)
  })

  test('a deletion, and then is edited, is shown and sent as edited', async () => {
    const person = await signUp(server)
    const id = await addContact(person)
    await using tab = await openTab(person)
    await tab.settle()
    refuseAll()
    await tab.edits.change([{ kind: 'delete', id }])
    await refusalIn(tab)
    await until('it to be shown again', async () => (await tab.list()).length === 1)
    network.intercept = null
    await tab.edits.change([{ kind: 'patch', id, patch: { nickname: 'Countess' } }])
    await tab.settle()
    assert.equal((await readContact(person, id)).nickname, 'Countess')
    await assertSame(tab, person)
  })

  test('since the contact was in the trash, is sent once the contact is back', async () => {
    const person = await signUp(server)
    const id = await addContact(person)
    await using tab = await openTab(person)
    await tab.settle()
    await unheard(network, async () => {
      await tab.edits.change([{ kind: 'patch', id, patch: { nickname: 'Countess' } }])
      expectStatus(await person.delete(`/api/contacts/${id}`), 204)
    })
    await tab.account.syncing.now()
    assert.equal((await refusalIn(tab)).refusal?.code, 'not_found')
    expectStatus(await person.post(`/api/trash/${id}/restore`), 200)
    // Hearing of it once is enough.
    await tab.account.syncing.now()
    assert.equal((await readContact(person, id)).nickname, 'Countess')
    assert.deepEqual(tab.waiting, [])
    await assertSame(tab, person)
  })

  test('many at once are read with the whole book', async () => {
    const person = await signUp(server)
    const ids = await Promise.all([1, 2, 3].map(() => addContact(person)))
    await using tab = await openTab(person)
    await tab.settle()
    // As after a deletion that was refused for more of them than are read one by one.
    await tab.account.book.write(false, async (edit) => {
      for (const id of ids) await edit.remove(id)
      const others = Array.from({ length: 100 }, () => uuid())
      edit.setMeta({ doubted: [...ids, ...others] })
    })
    network.asked = []
    await tab.settle()
    await assertSame(tab, person)
    assert.ok(network.asked.every((call) => !call.startsWith('GET /api/contacts/')))
  })
})
