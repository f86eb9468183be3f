import assert from 'node:assert/strict'
import { after, beforeEach, suite, test } from 'node:test'
import { addContact, readContact, trashOf } from '../../server/test/contacts.ts'
import { expectStatus, signUp, type Person } from '../../server/test/people.ts'
import { startServer } from '../../server/test/server.ts'
import { until } from '../../server/test/until.ts'
import { assertSame, connect, discard, openTab, refusalIn, unheard, type Tab } from './tab.ts'

const server = await startServer({}, { listen: true })
const network = connect(server)
beforeEach(() => {
  network.state = 'up'
})
after(() => {
  network[Symbol.dispose]()
  return server[Symbol.asyncDispose]()
})

const idsHere = async (tab: Tab) => (await tab.list()).map(({ id }) => id)

async function restoreElsewhere(person: Person, id: string) {
  expectStatus(await person.post(`/api/trash/${id}/restore`), 200)
}

suite('an edit that is undone', () => {
  const label = null

  test('leaves what another device wrote since, and says that nothing is left to undo', async () => {
    const person = await signUp(server)
    const id = await addContact(person)
    await using tab = await openTab(person)
    await tab.settle()
    const step = await tab.edits.change([{ kind: 'patch', id, patch: { company: 'Acme' } }])
    await tab.settle()
    expectStatus(await person.patch(`/api/contacts/${id}`, { company: 'Globex' }), 200)
    await tab.settle()
    assert.equal(await tab.edits.undo(step, [id]), false)
    assert.deepEqual(tab.waiting, [])
    await tab.settle()
    assert.equal((await readContact(person, id)).company, 'Globex')
  })

  test('takes back the other fields, and the values of a list that nobody else changed', async () => {
    const person = await signUp(server)
    const id = await addContact(person, { nickname: 'Ada', phones: [{ label, value: '1' }] })
    await using tab = await openTab(person)
    await tab.settle()
    const phones = ['1', '2', '3'].map((value) => ({ label, value }))
    const patch = { nickname: 'Countess', company: 'Acme', phones }
    const step = await tab.edits.change([{ kind: 'patch', id, patch }])
    await tab.settle()
    const theirs = ['9', '2', '4'].map((value) => ({ label, value }))
    const elsewhere = { company: 'Globex', phones: theirs }
    expectStatus(await person.patch(`/api/contacts/${id}`, elsewhere), 200)
    await tab.settle()
    assert.equal(await tab.edits.undo(step, [id]), true)
    await tab.settle()
    const contact = await readContact(person, id)
    assert.equal(contact.nickname, 'Ada')
    assert.equal(contact.company, 'Globex')
    assert.deepEqual(
      contact.phones.map(({ value }) => value),
      ['9', '4'],
    )
    await assertSame(tab, person)
  })

  test('takes back what the server stores in another way', async () => {
    const person = await signUp(server)
    const id = await addContact(person)
    await using tab = await openTab(person)
    await tab.settle()
    const before = await readContact(person, id)
    const patch = {
      nickname: 'a\tb',
      emails: [{ label: 'HOME', value: 'Foo@Example.COM' }],
      messengers: [{ label, service: 'Signal', value: '+49' }],
      relations: [{ label: 'Mother', value: 'Eve' }],
    }
    const step = await tab.edits.change([{ kind: 'patch', id, patch }])
    await tab.settle()
    assert.equal(await tab.edits.undo(step, [id]), true)
    await tab.settle()
    const after = await readContact(person, id)
    for (const field of ['nickname', 'emails', 'messengers', 'relations'] as const) {
      assert.deepEqual(after[field], before[field])
    }
  })

  /** Somebody edits a field here and elsewhere, and is asked which of both is to stay. */
  async function askedOf(tab: Tab, person: Person, id: string) {
    await tab.settle()
    const step = await unheard(network, async () => {
      expectStatus(await person.patch(`/api/contacts/${id}`, { company: 'Theirs' }), 200)
      return tab.edits.change([{ kind: 'patch', id, patch: { company: 'Mine' } }])
    })
    await tab.settle()
    await until('the question', () => tab.conflicts[0])
    return step
  }

  for (const keep of ['mine', 'theirs'] as const) {
    test(`after ${keep} was kept, asks again, and without the edit no more`, async () => {
      const person = await signUp(server)
      const id = await addContact(person)
      await using tab = await openTab(person)
      const step = await askedOf(tab, person, id)
      const choice = await tab.edits.change([{ kind: 'choose', id, field: 'company', keep }])
      await until('no question', () => tab.conflicts.length === 0)
      await tab.settle()
      const kept = { mine: 'Mine', theirs: 'Theirs' }[keep]
      assert.equal((await readContact(person, id)).company, kept)
      assert.equal(await tab.edits.undo(choice, [id]), true)
      const asked = await until('the question', () => tab.conflicts[0])
      assert.deepEqual(asked.fields, [{ field: 'company', mine: 'Mine', theirs: 'Theirs' }])
      await tab.settle()
      assert.equal((await readContact(person, id)).company, 'Theirs')
      assert.equal(await tab.edits.undo(step, [id]), true)
      await until('no question', () => tab.conflicts.length === 0)
      await tab.settle()
      assert.equal((await readContact(person, id)).company, 'Theirs')
    })
  }

  test('before anybody chose, leaves nothing to choose', async () => {
    const person = await signUp(server)
    const id = await addContact(person)
    await using tab = await openTab(person)
    const step = await askedOf(tab, person, id)
    assert.equal(await tab.edits.undo(step, [id]), true)
    await until('no question', () => tab.conflicts.length === 0)
    await tab.settle()
    assert.equal((await readContact(person, id)).company, 'Theirs')
  })
})

suite('a deletion that is undone', () => {
  test('after the contact came back elsewhere, leaves it as it is there', async () => {
    const person = await signUp(server)
    const id = await addContact(person)
    await using tab = await openTab(person)
    await tab.settle()
    const step = await tab.edits.change([{ kind: 'delete', id }])
    await tab.settle()
    await unheard(network, async () => {
      await restoreElsewhere(person, id)
      expectStatus(await person.patch(`/api/contacts/${id}`, { nickname: 'Countess' }), 200)
      await tab.edits.undo(step, [id])
    })
    await tab.settle()
    await assertSame(tab, person)
    assert.equal((await tab.list())[0]?.nickname, 'Countess')
  })

  test('after this device heard that the contact came back, sends nothing', async () => {
    const person = await signUp(server)
    const id = await addContact(person)
    await using tab = await openTab(person)
    await tab.settle()
    const step = await tab.edits.change([{ kind: 'delete', id }])
    await tab.settle()
    await restoreElsewhere(person, id)
    await tab.settle()
    await tab.edits.undo(step, [id])
    assert.deepEqual(tab.waiting, [])
    await assertSame(tab, person)
  })

  test('of several, brings back those that are not back yet', async () => {
    const person = await signUp(server)
    const ids = await Promise.all([1, 2, 3].map(() => addContact(person)))
    await using tab = await openTab(person)
    await tab.settle()
    const step = await tab.edits.change(ids.map((id) => ({ kind: 'delete', id })))
    await tab.settle()
    await unheard(network, async () => {
      await restoreElsewhere(person, ids[1] ?? '')
      await tab.edits.undo(step, ids)
    })
    await tab.settle()
    assert.equal((await tab.list()).length, 3)
    await assertSame(tab, person)
    assert.deepEqual(await trashOf(person), [])
  })

  test('once more, before the first undo was sent, brings it back', async () => {
    const person = await signUp(server)
    const id = await addContact(person)
    await using tab = await openTab(person)
    await tab.settle()
    const first = await tab.edits.change([{ kind: 'delete', id }])
    await tab.settle()
    await unheard(network, async () => {
      await tab.edits.undo(first, [id])
      const second = await tab.edits.change([{ kind: 'delete', id }])
      await tab.edits.undo(second, [id])
    })
    await tab.settle()
    assert.deepEqual(tab.waiting, [])
    assert.deepEqual(await idsHere(tab), [id])
    await assertSame(tab, person)
    assert.deepEqual(await trashOf(person), [])
  })

  test('only for the contacts that it is asked for', async () => {
    const person = await signUp(server)
    const ids = await Promise.all([1, 2].map(() => addContact(person)))
    await using tab = await openTab(person)
    await tab.settle()
    const step = await tab.edits.change(ids.map((id) => ({ kind: 'delete', id })))
    await tab.edits.undo(step, ids.slice(0, 1))
    await tab.settle()
    assert.deepEqual(await idsHere(tab), ids.slice(0, 1))
    await assertSame(tab, person)
  })

  test('on a device that deleted it too, brings it back on both', async () => {
    const person = await signUp(server)
    const id = await addContact(person)
    await using tab = await openTab(person)
    await tab.settle()
    const step = await unheard(network, async () => {
      expectStatus(await person.delete(`/api/contacts/${id}`), 204)
      return tab.edits.change([{ kind: 'delete', id }])
    })
    await tab.settle()
    await tab.edits.undo(step, [id])
    await tab.settle()
    assert.deepEqual(await idsHere(tab), [id])
    await assertSame(tab, person)
  })

  for (const isReloaded of [false, true]) {
    const when = isReloaded ? ', also where the answer comes after a reload' : ''
    test(`after the contact was deleted for good, says so and shows nobody${when}`, async () => {
      const person = await signUp(server)
      const id = await addContact(person)
      {
        await using tab = await openTab(person)
        await tab.settle()
        const step = await tab.edits.change([{ kind: 'delete', id }])
        await tab.settle()
        expectStatus(await person.delete(`/api/trash/${id}`), 204)
        await tab.settle()
        await unheard(network, () => tab.edits.undo(step, [id]))
        if (!isReloaded) await sayGone(tab)
      }
      await using tab = await openTab(person)
      await sayGone(tab)
      await discard(tab, await refusalIn(tab))
      await tab.settle()
      await assertSame(tab, person)

      async function sayGone(tab: Tab) {
        tab.account.syncing.setOnline(true)
        await tab.account.syncing.now()
        assert.equal((await refusalIn(tab)).refusal?.code, 'not_found')
        await until('it to be gone', async () => (await tab.list()).length === 0)
      }
    })
  }
})
