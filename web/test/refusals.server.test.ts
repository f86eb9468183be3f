import assert from 'node:assert/strict'
import { after, beforeEach, suite, test } from 'node:test'
import { v7 as uuid } from 'uuid'
import { addContact, readContact, trashOf } from '../../server/test/contacts.ts'
import { expectStatus, signUp, type Person } from '../../server/test/people.ts'
import { startServer } from '../../server/test/server.ts'
import { until } from '../../server/test/until.ts'
import type { Change } from '../src/worker/calls.ts'
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

async function addFriend(person: Person): Promise<{ id: string; labelId: string }> {
  const label = (await person.post('/api/labels', { name: 'Friends' })).json<{ id: string }>()
  const id = await addContact(person, { first_name: 'Ada', label_ids: [label.id] })
  return { id, labelId: label.id }
}

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
          const refused = await refusalIn(tab)
          if (change.kind === 'delete' || change.kind === 'restore') {
            const isShown = async () => (await idsHere(tab)).join() === ids.here
            await until('what the server has to be shown', isShown)
          }
          // Nothing of it comes by the feed: on the server nothing changed.
          network.intercept = null
          if (isOffline) await unheard(network, () => discard(tab, refused))
          else {
            await discard(tab, refused)
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

  for (const [name, changeOf] of Object.entries(kinds)) {
    test(`${name}: discarded, and that undone, it waits and is shown as before`, async () => {
      const person = await signUp(server)
      const ids = { here: await addContact(person), gone: await addContact(person) }
      await using tab = await openTab(person)
      await tab.settle()
      const step = await tab.edits.change([{ kind: 'delete', id: ids.gone }])
      await tab.settle()
      refuseAll()
      const change = changeOf(ids)
      if (change.kind === 'restore') await tab.edits.undo(step, [ids.gone])
      else await tab.edits.change([change])
      const before = await refusalIn(tab)
      await tab.account.syncing.now()
      const shown = await tab.list()
      const undo = await discard(tab, before)
      await until('it to be gone', () => tab.waiting.length === 0)
      await tab.account.syncing.now()
      assert.equal(await tab.edits.undo(undo, [before.contactId]), true)
      const after = await refusalIn(tab)
      assert.deepEqual(after.refusal, before.refusal)
      assert.deepEqual([after.kind, after.fields], [before.kind, before.fields])
      if (change.kind !== 'restore') assert.deepEqual(await tab.list(), shown)
      network.intercept = null
      await tab.edits.retry()
      await tab.settle()
      await assertSame(tab, person)
    })
  }

  test('an edit of a contact that is gone: discarded, and that undone, it still brings the contact back', async () => {
    const person = await signUp(server)
    const id = await addContact(person)
    await using tab = await openTab(person)
    await tab.settle()
    await unheard(network, async () => {
      await tab.edits.change([{ kind: 'patch', id, patch: { nickname: 'Countess' } }])
      expectStatus(await person.delete(`/api/contacts/${id}`), 204)
    })
    await tab.account.syncing.now()
    const undo = await discard(tab, await refusalIn(tab))
    assert.equal(await tab.edits.undo(undo, [id]), true)
    assert.deepEqual(await tab.list(), [])
    await tab.edits.retry()
    await tab.settle()
    assert.equal((await readContact(person, id)).nickname, 'Countess')
  })

  for (const isEdit of [false, true]) {
    const what = isEdit ? 'an edit that is tried again' : 'a restoration with an edit'
    test(`${what}, of a contact that is deleted for good: saved as a new one, with all that is known`, async () => {
      const person = await signUp(server)
      const id = await addContact(person)
      await using tab = await openTab(person)
      await tab.settle()
      const [deleted] = await tab.list()
      assert.ok(deleted)
      const patch = { kind: 'patch', id, patch: { nickname: 'Countess' } } as const
      await unheard(network, async () => {
        if (isEdit) await tab.edits.change([patch])
        expectStatus(await person.delete(`/api/contacts/${id}`), 204)
        expectStatus(await person.delete(`/api/trash/${id}`), 204)
      })
      await tab.account.syncing.now()
      if (isEdit) await refusalIn(tab).then(() => tab.edits.retry())
      else await tab.edits.change([{ kind: 'restore', id, deleted, isOnServer: true }, patch])
      await tab.account.syncing.now()
      const refused = await until('the refused restoration', () =>
        tab.waiting.find(({ kind, refusal }) => kind === 'restore' && refusal),
      )
      assert.equal(refused.isWhole, true)
      const newId = uuid()
      const undo = await tab.edits.change([{ kind: 'save-as-new', id: newId, opId: refused.opId }])
      await tab.settle()
      const { first_name, nickname } = await readContact(person, newId)
      assert.deepEqual({ first_name, nickname }, { first_name: 'Ada', nickname: 'Countess' })
      await assertSame(tab, person)
      await tab.edits.undo(undo, [newId, id])
      assert.equal((await refusalIn(tab)).contactId, id)
      assert.deepEqual(await tab.list(), [])
    })
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

  test('a deletion of what was changed elsewhere meanwhile, is asked about, and done by Retry', async () => {
    const person = await signUp(server)
    const [kept, deleted] = [await addContact(person), await addContact(person)]
    await using tab = await openTab(person)
    await tab.settle()
    // An edit of one's own before it is nothing that was not seen.
    await unheard(network, async () => {
      await tab.edits.change([
        { kind: 'patch', id: deleted, patch: { nickname: 'Countess' } },
        { kind: 'delete', id: deleted },
        { kind: 'delete', id: kept },
      ])
      await person.patch(`/api/contacts/${kept}`, { company: 'Analytical Engines' })
    })
    await tab.account.syncing.now()
    const refused = await refusalIn(tab)
    assert.deepEqual([refused.contactId, refused.refusal?.code], [kept, 'stale'])
    await until('what the server has to be shown', async () => (await idsHere(tab)).join() === kept)
    const inTrash = async () => (await trashOf(person)).map(({ id }) => id)
    assert.deepEqual(await inTrash(), [deleted])
    await tab.edits.retry()
    await tab.settle()
    await assertSame(tab, person)
    assert.deepEqual((await inTrash()).sort(), [deleted, kept].sort())
  })

  test('a deletion behind an edit, of what was changed elsewhere meanwhile, is asked about', async () => {
    const person = await signUp(server)
    const id = await addContact(person)
    await using tab = await openTab(person)
    await tab.settle()
    await unheard(network, async () => {
      await tab.edits.change([
        { kind: 'patch', id, patch: { nickname: 'Countess' } },
        { kind: 'delete', id },
      ])
      await person.patch(`/api/contacts/${id}`, { company: 'Analytical Engines' })
    })
    await tab.account.syncing.now()
    const { kind, refusal } = await refusalIn(tab)
    assert.deepEqual([kind, refusal?.code, tab.waiting.length], ['delete', 'stale', 1])
    const { nickname, company } = await readContact(person, id)
    assert.deepEqual([nickname, company], ['Countess', 'Analytical Engines'])
    await assertSame(tab, person)
    await tab.edits.retry()
    await tab.settle()
    assert.equal((await trashOf(person)).length, 1)
  })

  test('a deletion that waits while the feed tells of a change, is asked about', async () => {
    const person = await signUp(server)
    const id = await addContact(person)
    await using tab = await openTab(person)
    await tab.settle()
    network.intercept = async ({ url }) => {
      if (!url.includes('/api/changes')) return undefined
      network.intercept = null
      await tab.edits.change([{ kind: 'delete', id }])
      await person.patch(`/api/contacts/${id}`, { company: 'Analytical Engines' })
      return undefined
    }
    await tab.account.syncing.now()
    assert.equal((await refusalIn(tab)).refusal?.code, 'stale')
    await tab.account.syncing.now()
    assert.deepEqual(await trashOf(person), [])
    await assertSame(tab, person)
    await tab.edits.retry()
    await tab.settle()
    assert.equal((await trashOf(person)).length, 1)
  })

  test('a deletion behind an edit that the server stores in another way, is not asked about', async () => {
    const person = await signUp(server)
    const id = await addContact(person)
    await using tab = await openTab(person)
    await tab.settle()
    const emails = [{ label: 'HOME', value: 'Ada@Example.COM' }]
    await unheard(network, async () => {
      await tab.edits.change([{ kind: 'patch', id, patch: { emails } }])
      await tab.edits.change([{ kind: 'delete', id }])
    })
    await tab.settle()
    assert.equal((await trashOf(person)).length, 1)
  })

  for (const isKnown of [true, false]) {
    const when = isKnown ? 'that was refused before' : 'that is refused after it'
    test(`an edit, ${when}: its contact is deleted all the same, and comes back with it`, async () => {
      const person = await signUp(server)
      const id = await addContact(person)
      await using tab = await openTab(person)
      await tab.settle()
      // Only the server knows that a host has no underscore.
      const patch = { nickname: 'Countess', email: 'ada@analytical_engines.example' }
      const edit = { kind: 'patch', id, patch } as const
      const remove = async () => {
        await tab.edits.change([edit])
        if (isKnown) await refusalIn(tab)
        return tab.edits.change([{ kind: 'delete', id }])
      }
      const step = await (isKnown ? remove() : unheard(network, remove))
      await tab.settle()
      assert.equal((await trashOf(person)).length, 1)
      await assertSame(tab, person)
      assert.equal(await tab.edits.undo(step, [id]), true)
      await tab.account.syncing.now()
      assert.deepEqual((await refusalIn(tab)).fields, ['nickname', 'emails'])
      assert.equal((await tab.list())[0]?.nickname, 'Countess')
      assert.deepEqual(await trashOf(person), [])
    })
  }

  test('a deletion, is asked about also once a label of it is gone, and not once it is itself', async () => {
    const person = await signUp(server)
    const { id, labelId } = await addFriend(person)
    await using tab = await openTab(person)
    await tab.settle()
    await unheard(network, async () => {
      await tab.edits.change([{ kind: 'delete', id }])
      await person.patch(`/api/contacts/${id}`, { company: 'Analytical Engines' })
    })
    await tab.account.syncing.now()
    await refusalIn(tab)
    expectStatus(await person.delete(`/api/labels/${labelId}`), 204)
    await tab.account.syncing.now()
    assert.equal((await refusalIn(tab)).refusal?.code, 'stale')
    assert.deepEqual(await trashOf(person), [])
    expectStatus(await person.delete(`/api/contacts/${id}`), 204)
    await tab.account.syncing.now()
    assert.deepEqual(tab.waiting, [])
    await assertSame(tab, person)
  })

  test('no deletion of what has another revision alone, as of a label that is called otherwise', async () => {
    const person = await signUp(server)
    const { id, labelId } = await addFriend(person)
    await using tab = await openTab(person)
    await tab.settle()
    await unheard(network, async () => {
      await tab.edits.change([{ kind: 'delete', id }])
      expectStatus(await person.patch(`/api/labels/${labelId}`, { name: 'Choir' }), 200)
    })
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
