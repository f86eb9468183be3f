import assert from 'node:assert/strict'
import { after, beforeEach, suite, test } from 'node:test'
import { v7 as uuid } from 'uuid'
import { addContact, contactsOf, readContact, trashOf } from '../../server/test/contacts.ts'
import { expectStatus, signUp } from '../../server/test/people.ts'
import { startServer } from '../../server/test/server.ts'
import { until } from '../../server/test/until.ts'
import { assertSame, connect, discard, openTab, unheard } from './tab.ts'

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

suite('syncing', () => {
  test('reads the book, then what changes elsewhere', async () => {
    const person = await signUp(server)
    const id = await addContact(person, { first_name: 'Ada', last_name: 'King' })
    await using tab = await openTab(person)
    await tab.settle()
    await assertSame(tab, person)
    await person.patch(`/api/contacts/${id}`, { nickname: 'Countess' })
    await addContact(person, { first_name: 'Grace' })
    await tab.settle()
    await assertSame(tab, person)
    await person.delete(`/api/contacts/${id}`)
    await tab.settle()
    assert.deepEqual(
      (await tab.list()).map(({ first_name }) => first_name),
      ['Grace'],
    )
  })

  test('shows at the next start what it has, without a network', async () => {
    const person = await signUp(server)
    await addContact(person, { first_name: 'Ada' })
    {
      await using tab = await openTab(person)
      await tab.settle()
    }
    network.state = 'down'
    await using tab = await openTab(person)
    assert.deepEqual(
      (await tab.list()).map(({ first_name }) => first_name),
      ['Ada'],
    )
    network.state = 'up'
  })

  test('sends what was typed without a network: created, changed, deleted', async () => {
    const person = await signUp(server)
    const [ada, bob] = [await addContact(person), await addContact(person, { first_name: 'Bob' })]
    const id = uuid()
    {
      await using tab = await openTab(person)
      await tab.settle()
      network.state = 'down'
      await tab.edits.change([{ kind: 'create', id, contact: { first_name: 'Grace' } }])
      await tab.edits.change([{ kind: 'patch', id, patch: { last_name: 'Hopper' } }])
      await tab.edits.change([{ kind: 'patch', id: ada, patch: { phone: '030 123' } }])
      await tab.edits.change([{ kind: 'delete', id: bob }])
      assert.equal(tab.waiting.length, 3)
      assert.deepEqual(
        (await tab.list({ search: '030' })).map((one) => one.id),
        [ada],
      )
    }
    // The page is closed and opened again before there is a network.
    await using tab = await openTab(person)
    assert.equal(tab.waiting.length, 3)
    network.state = 'up'
    await tab.settle()
    await assertSame(tab, person)
    const grace = await readContact(person, id)
    assert.equal(grace.last_name, 'Hopper')
    assert.deepEqual(
      (await trashOf(person)).map((one) => one.id),
      [bob],
    )
  })

  test('shows that an edit waits as soon as it is made', async () => {
    const person = await signUp(server)
    const id = await addContact(person)
    await using tab = await openTab(person)
    await tab.settle()
    network.asked = []
    await tab.edits.change([{ kind: 'patch', id, patch: { nickname: 'Countess' } }])
    assert.deepEqual(tab.sync, { kind: 'waiting', changes: 1, sendsAgainAt: null })
    assert.deepEqual(network.asked, [])
    await tab.settle()
    assert.deepEqual(tab.sync, { kind: 'up-to-date' })
  })

  test('an answer that is lost does nothing twice', async () => {
    const person = await signUp(server)
    const id = await addContact(person)
    await using tab = await openTab(person)
    await tab.settle()
    network.state = 'deaf'
    const created = uuid()
    await tab.edits.change([
      { kind: 'create', id: created, contact: { first_name: 'Grace' } },
      { kind: 'patch', id, patch: { nickname: 'Countess' } },
    ])
    await until('the changes to arrive', async () => (await contactsOf(person)).length === 2)
    await until('the loss to be noticed', () => tab.sync.kind === 'offline')
    // Typed while nobody knows whether the one before arrived.
    await tab.edits.change([{ kind: 'patch', id, patch: { nickname: 'Enchantress' } }])
    await tab.edits.change([{ kind: 'delete', id: created }])
    network.state = 'up'
    await tab.settle()
    await assertSame(tab, person)
    assert.equal((await readContact(person, id)).nickname, 'Enchantress')
    assert.equal((await readContact(person, id)).revision, (await tab.list())[0]?.revision)
    assert.equal((await trashOf(person)).length, 1)
  })

  test('fields that were changed here and there both stand', async () => {
    const person = await signUp(server)
    const id = await addContact(person)
    await using tab = await openTab(person)
    await tab.settle()
    network.state = 'down'
    await tab.edits.change([{ kind: 'patch', id, patch: { phone: '030 123' } }])
    await person.patch(`/api/contacts/${id}`, { company: 'Engines' })
    network.state = 'up'
    await tab.settle()
    const contact = await readContact(person, id)
    assert.equal(contact.phone, '030 123')
    assert.equal(contact.company, 'Engines')
    assert.deepEqual(tab.conflicts, [])
  })

  for (const keep of ['mine', 'theirs'] as const) {
    test(`a field that was changed on both sides is a question: keep ${keep}`, async () => {
      const person = await signUp(server)
      const id = await addContact(person)
      await using tab = await openTab(person)
      await tab.settle()
      network.state = 'down'
      await tab.edits.change([{ kind: 'patch', id, patch: { company: 'Mine' } }])
      await person.patch(`/api/contacts/${id}`, { company: 'Theirs' })
      network.state = 'up'
      await tab.settle()
      assert.equal((await tab.list())[0]?.company, 'Theirs')
      const conflict = await until('the question', () => tab.conflicts[0])
      assert.deepEqual(conflict.fields, [{ field: 'company', mine: 'Mine', theirs: 'Theirs' }])
      await tab.edits.change([{ kind: 'choose', id, field: 'company', keep }])
      await tab.settle()
      const kept = { mine: 'Mine', theirs: 'Theirs' }[keep]
      assert.equal((await readContact(person, id)).company, kept)
      await until('the answer', () => tab.conflicts.length === 0)
      await assertSame(tab, person)
    })
  }

  test('what the server refuses waits for its author', async () => {
    const person = await signUp(server)
    const id = await addContact(person)
    await using tab = await openTab(person)
    await tab.settle()
    const patch = { emails: [{ label: null, value: 'no address' }] }
    await tab.edits.change([{ kind: 'patch', id, patch }])
    const refused = await until('the refusal', () => tab.waiting.find(({ refusal }) => refusal))
    assert.deepEqual(refused.refusal?.pointers, ['/emails/0/value'])
    await discard(tab, refused)
    await tab.settle()
    await assertSame(tab, person)
  })

  test('a change of a contact that was deleted elsewhere is kept, and may bring it back', async () => {
    const person = await signUp(server)
    const id = await addContact(person)
    await using tab = await openTab(person)
    await tab.settle()
    network.state = 'down'
    await tab.edits.change([{ kind: 'patch', id, patch: { nickname: 'Countess' } }])
    await person.delete(`/api/contacts/${id}`)
    network.state = 'up'
    await tab.account.syncing.now()
    const refused = await until('the refusal', () => tab.waiting.find(({ refusal }) => refusal))
    assert.equal(refused.refusal?.code, 'not_found')
    await tab.edits.retry()
    await tab.settle()
    assert.equal((await readContact(person, id)).nickname, 'Countess')
    await assertSame(tab, person)
  })

  test('a busy server is asked again when it said', async () => {
    const person = await signUp(server)
    const id = await addContact(person)
    await using tab = await openTab(person)
    await tab.settle()
    const answers = [429, 503]
    network.intercept = ({ url }) => {
      const status = url.endsWith('/batch') ? answers.shift() : undefined
      return status === undefined
        ? undefined
        : Response.json({ code: 'busy' }, { status, headers: { 'retry-after': '1' } })
    }
    await tab.edits.change([{ kind: 'patch', id, patch: { nickname: 'Countess' } }])
    await until('the pause', () => tab.sync.kind === 'waiting' && tab.sync.sendsAgainAt !== null)
    await until('the change', async () => (await readContact(person, id)).nickname === 'Countess')
    await tab.settle()
    await assertSame(tab, person)
  })

  test('a device that was away too long reads everything again', async () => {
    const person = await signUp(server)
    const id = await addContact(person)
    await using tab = await openTab(person)
    await tab.settle()
    network.state = 'down'
    const created = uuid()
    await tab.edits.change([
      { kind: 'patch', id, patch: { nickname: 'Countess' } },
      { kind: 'create', id: created, contact: { first_name: 'Grace' } },
    ])
    await tab.account.book.write(false, (edit) =>
      edit.setMeta({ token: 'AVEyDqJuhSPqsQAAAAABLAAAAAAAACPYlKM' }),
    )
    network.state = 'up'
    await tab.settle()
    await assertSame(tab, person)
    assert.equal((await tab.list()).length, 2)
  })

  test('labels that were named without a network are made when there is one', async () => {
    const person = await signUp(server)
    const [ada, bob] = [await addContact(person), await addContact(person, { first_name: 'Bob' })]
    await using tab = await openTab(person)
    await tab.settle()
    network.state = 'down'
    await tab.edits.change([
      { kind: 'patch', id: ada, patch: { labels: ['Friends', 'Starred'] } },
      { kind: 'patch', id: bob, patch: { labels: ['friends'] } },
    ])
    assert.deepEqual(
      (await tab.list({ of: 'favourites' })).map(({ id }) => id),
      [ada],
    )
    // The same label is made elsewhere meanwhile.
    await person.post('/api/labels', { name: 'Friends' })
    network.state = 'up'
    await tab.settle()
    await assertSame(tab, person)
    assert.deepEqual(
      (await tab.list({ search: 'friends' })).map(({ id }) => id).sort(),
      [ada, bob].sort(),
    )
    const labels = (await person.get('/api/labels')).json<{ name: string; contacts: number }[]>()
    assert.deepEqual(
      labels.map(({ name, contacts }) => [name, contacts]),
      [
        ['Friends', 2],
        ['Starred', 1],
      ],
    )
  })

  test('what gave a label that was deleted meanwhile is sent without it', async () => {
    const person = await signUp(server)
    const ada = await addContact(person)
    const label = (await person.post('/api/labels', { name: 'Friends' })).json<{ id: string }>()
    await using tab = await openTab(person)
    await tab.settle()
    const patch = { company: 'Analytical Engines', label_ids: [label.id] }
    await unheard(network, async () => {
      await tab.edits.change([
        { kind: 'patch', id: ada, patch },
        { kind: 'create', id: uuid(), contact: { first_name: 'Bob', label_ids: [label.id] } },
      ])
      expectStatus(await person.delete(`/api/labels/${label.id}`), 204)
    })
    await tab.settle()
    // A form that was opened before still gives it.
    const before = { label_ids: [] }
    await tab.edits.change([
      { kind: 'patch', id: ada, patch: { ...patch, job_title: 'Mathematician' }, before },
    ])
    await tab.settle()
    await assertSame(tab, person)
    const book = await contactsOf(person)
    assert.deepEqual(
      book.map(({ company, job_title, label_ids }) => [company, job_title, label_ids]),
      [
        ['Analytical Engines', 'Mathematician', []],
        [null, null, []],
      ],
    )
  })
})

suite('undoing', () => {
  test('takes back an edit, a deletion and a new contact, sent or not', async () => {
    for (const isSent of [false, true]) {
      const person = await signUp(server)
      const id = await addContact(person, { first_name: 'Ada', phone: '1' })
      await using tab = await openTab(person)
      await tab.settle()
      network.state = isSent ? 'up' : 'down'
      const created = uuid()
      const steps = [
        await tab.edits.change([{ kind: 'patch', id, patch: { phone: '2' } }]),
        await tab.edits.change([{ kind: 'delete', id }]),
        await tab.edits.change([{ kind: 'create', id: created, contact: { first_name: 'Bob' } }]),
        await tab.edits.change([{ kind: 'delete', id: created }]),
      ]
      if (isSent) await tab.settle()
      assert.deepEqual(await tab.list(), [])
      for (const step of steps.toReversed()) await tab.edits.undo(step, [id, created])
      network.state = 'up'
      await tab.settle()
      await assertSame(tab, person)
      const [ada, ...others] = await contactsOf(person)
      assert.equal(ada?.phone, '1')
      assert.deepEqual(others, [])
    }
  })
})

suite('two tabs of a device', () => {
  test('see what the other one does, and send it once', async () => {
    const person = await signUp(server)
    const id = await addContact(person)
    await using one = await openTab(person)
    await one.settle()
    await using other = await openTab(person)
    other.account.syncing.setOnline(true)
    await Promise.all([
      one.edits.change([{ kind: 'patch', id, patch: { phone: '030 1' } }]),
      other.edits.change([{ kind: 'patch', id, patch: { company: 'Engines' } }]),
      other.edits.change([{ kind: 'create', id: uuid(), contact: { first_name: 'Bob' } }]),
      one.edits.change([{ kind: 'create', id: uuid(), contact: { first_name: 'Zoë' } }]),
    ])
    await one.settle()
    await until('the other tab to have it', () => other.account.book.state.outbox.length === 0)
    await other.account.book.refresh()
    await assertSame(one, person)
    await assertSame(other, person)
    const contact = await readContact(person, id)
    assert.equal(contact.phone, '030 1')
    assert.equal(contact.company, 'Engines')
  })

  test('the next one leads when the leader is closed', async () => {
    const person = await signUp(server)
    const id = await addContact(person)
    const leader = await openTab(person)
    await leader.settle()
    await using heir = await openTab(person)
    heir.account.syncing.setOnline(true)
    await leader[Symbol.asyncDispose]()
    await heir.edits.change([{ kind: 'patch', id, patch: { nickname: 'Countess' } }])
    await until('the change', async () => (await readContact(person, id)).nickname === 'Countess')
    await heir.settle()
    await assertSame(heir, person)
  })
})
