import 'fake-indexeddb/auto'
import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { suite, test } from 'node:test'
import fc from 'fast-check'
import { anyValues } from './any-values.ts'
import type { Change, Contact, Patch } from './calls.ts'
import { applyChanges } from './changes.ts'
import { emptyContact, valuesOf } from './contact-fields.ts'
import { openBookDatabase } from './database.ts'
import { createLocalBook, type LocalBook } from './local-book.ts'
import { at, carryOut, ids, labels, shown, shownHere, withBook, type Model } from './model-book.ts'
import { operationOf } from './operations.ts'
import type { BatchEntry, Operation } from './outbox.ts'
import { receiveLabel } from './receive.ts'
import type { Step } from './step.ts'

/** A change of a contact, and not of what waits. */
type Edit = Exclude<Change, { opId: string } | { kind: 'choose' | 'photo' }>

/** The same of a change as somebody makes it; what cannot be made is left out. */
function make(model: Model, change: Edit): boolean {
  const known = model.get(change.id)
  const isThere = known !== undefined && !known.isDeleted
  if (change.kind === 'create' ? known !== undefined : !isThere) return false
  if (change.kind === 'create') carryOut(model, { ...sent(change), contact: change.contact })
  else if (change.kind === 'patch') carryOut(model, sentPatch(known, change.id, change.patch))
  else if (change.kind === 'label') carryOut(model, sentLabel(known, change))
  else carryOut(model, sent(change))
  return true
}

type Known = { contact: Contact } | undefined

const sent = ({ kind, id }: Exclude<Edit, { kind: 'label' }>): Operation => ({
  operation: kind,
  id,
  op_id: '',
})

function sentPatch(known: Known, id: string, patch: Patch): Operation {
  return { operation: 'patch', id, op_id: '', patch: valuesOf(known?.contact as Contact, patch) }
}

function sentLabel(known: Known, { id, name, isGiven }: LabelChange): Operation {
  const others = known?.contact.label_ids.filter((label) => label !== name) ?? []
  const isThere = known?.contact.label_ids.includes(name) === true
  if (isThere === isGiven) return sentPatch(known, id, {})
  return sentPatch(known, id, { label_ids: isGiven ? [...others, name] : others })
}

type LabelChange = Extract<Change, { kind: 'label' }>

const anyPatch: fc.Arbitrary<Patch> = anyValues
const anyChange: fc.Arbitrary<Edit> = fc.oneof(
  fc.record({
    kind: fc.constant('create' as const),
    id: fc.constantFrom(...ids),
    contact: anyPatch,
  }),
  fc.record({ kind: fc.constant('patch' as const), id: fc.constantFrom(...ids), patch: anyPatch }),
  fc.record({ kind: fc.constant('delete' as const), id: fc.constantFrom(...ids) }),
  fc.record({
    kind: fc.constant('label' as const),
    id: fc.constantFrom(...ids),
    name: fc.constantFrom(...labels),
    isGiven: fc.boolean(),
  }),
)

const apply = (book: LocalBook, steps: readonly Step[]) =>
  book.write(true, (edit) => applyChanges(edit, steps))

suite('changes that wait', () => {
  test('become fewer, and come to the same as all of them one after the other', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(anyChange, { maxLength: 8 }), (changes) =>
        withBook(async (book, model) => {
          const onServer: Model = structuredClone(model)
          for (const change of changes) {
            if (make(model, change)) await book.write(true, (edit) => applyChanges(edit, [change]))
          }
          assert.deepEqual(await shownHere(book), shown(model))
          for (const entry of book.state.outbox)
            carryOut(onServer, operationOf(entry as BatchEntry))
          assert.deepEqual(shown(onServer), shown(model))
          assert.ok(book.state.outbox.length <= 2 * ids.length)
        }),
      ),
      { numRuns: 50 },
    )
  })

  test('are undone to what was there before, and nothing is left to be sent', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(anyChange, { maxLength: 6 }), (changes) =>
        withBook(async (book, model) => {
          const onServer: Model = structuredClone(model)
          const undo: Step[][] = []
          for (const change of changes) {
            if (!make(model, change)) continue
            undo.push(await book.write(true, (edit) => applyChanges(edit, [change])))
          }
          for (const steps of undo.toReversed()) {
            await book.write(true, (edit) => applyChanges(edit, steps))
          }
          const before = shown(onServer)
          assert.deepEqual(await shownHere(book), before)
          for (const entry of book.state.outbox)
            carryOut(onServer, operationOf(entry as BatchEntry))
          assert.deepEqual(shown(onServer), before)
        }),
      ),
      { numRuns: 50 },
    )
  })

  test('are what they were, also in what is sent, after each was discarded and put back', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(anyChange, { maxLength: 6 }), (changes) =>
        withBook(async (book, model) => {
          const onServer: Model = structuredClone(model)
          const apply = (steps: readonly Step[]) =>
            book.write(true, (edit) => applyChanges(edit, steps))
          for (const change of changes) if (make(model, change)) await apply([change])
          for (const { contactId: id, opId } of book.state.outbox) {
            await apply(await apply([{ kind: 'discard', id, opId }]))
          }
          assert.deepEqual(await shownHere(book), shown(model))
          for (const entry of book.state.outbox)
            carryOut(onServer, operationOf(entry as BatchEntry))
          assert.deepEqual(shown(onServer), shown(model))
        }),
      ),
      { numRuns: 50 },
    )
  })
})

suite('an edit that was typed over what others changed since', () => {
  const typed = (patch: Patch, before: Partial<Contact>): Change => ({
    kind: 'patch',
    id: ids[0],
    patch,
    before,
  })
  const phone = (value: string) => ({ label: null, value })

  test('shows theirs and asks, until it is undone', async () => {
    await withBook(async (book) => {
      const theirs = { company: 'Theirs', nickname: 'Ada' }
      await apply(book, [{ kind: 'patch', id: ids[0], patch: theirs }])
      const before = { company: null, nickname: 'Ada' }
      const undo = await apply(book, [typed({ company: 'Mine', nickname: 'Zo' }, before)])
      const here = await book.contact(ids[0])
      assert.deepEqual([here?.company, here?.nickname], ['Theirs', 'Zo'])
      assert.deepEqual(book.state.conflicts.get(ids[0])?.mine, { company: 'Mine' })
      await apply(book, undo)
      const undone = await book.contact(ids[0])
      assert.deepEqual([undone?.company, undone?.nickname], ['Theirs', 'Ada'])
      assert.equal(book.state.conflicts.size, 0)
    })
  })

  test('adds to a list what it added', async () => {
    await withBook(async (book) => {
      await apply(book, [{ kind: 'patch', id: ids[0], patch: { phones: [phone('1')] } }])
      await apply(book, [typed({ phones: [phone('2')] }, { phones: [] })])
      assert.deepEqual((await book.contact(ids[0]))?.phones, [phone('1'), phone('2')])
    })
  })
})

suite('a label that is named here', () => {
  const star = (isGiven: boolean): Change => ({
    kind: 'label',
    id: ids[0],
    name: 'Starred',
    isGiven,
  })
  const made = { id: 'of the server', name: 'Starred', colour: null }

  const labelIds = async (book: LocalBook) => (await book.contact(ids[0]))?.label_ids

  test('is taken away, and given back, after the server made it', async () => {
    await withBook(async (book) => {
      await apply(book, [star(true)])
      await book.write(false, (edit) => receiveLabel(edit, made))
      assert.deepEqual(await labelIds(book), [made.id])
      const undo = await apply(book, [star(false)])
      assert.deepEqual(await labelIds(book), [])
      await apply(book, undo)
      assert.deepEqual(await labelIds(book), [made.id])
    })
  })

  test('is known by the id it had before, also where it is renamed and read again', async () => {
    await withBook(async (book) => {
      await apply(book, [star(true)])
      const before = (await labelIds(book)) ?? []
      await book.write(false, (edit) => receiveLabel(edit, made))
      await book.write(false, (edit) => receiveLabel(edit, { ...made, name: 'Favourites' }))
      const patch = { label_ids: [...before, 'work'] }
      await apply(book, [{ kind: 'patch', id: ids[0], patch }])
      assert.deepEqual(await labelIds(book), [made.id, 'work'])
    })
  })
})

suite('two tabs of a device', () => {
  test('know of each other’s contacts, and give each a slot of its own', async () => {
    const user = randomUUID()
    const [one, other] = [await openBook(user), await openBook(user)]
    const create = (id: string): Change => ({ kind: 'create', id, contact: { first_name: id } })
    await Promise.all([
      one.write(true, (edit) => applyChanges(edit, [create(ids[0])])),
      other.write(true, (edit) => applyChanges(edit, [create(ids[1])])),
    ])
    await Promise.all([one.refresh(), other.refresh()])
    for (const { state, orders } of [one, other]) {
      assert.deepEqual([...state.slots.keys()].sort(), [...ids])
      assert.deepEqual(new Set(orders.get('last_name').slots), new Set([0, 1]))
      assert.equal(state.outbox.length, 2)
    }
    one.close()
    other.close()
  })

  test('read everything again after they have missed much', async () => {
    const user = randomUUID()
    const [one, other] = [await openBook(user), await openBook(user)]
    const contact = emptyContact(ids[0], at)
    for (let count = 0; count < 60; count++) {
      await one.write(false, (edit) => edit.put({ ...contact, first_name: `name ${count}` }))
    }
    await other.refresh()
    assert.equal(other.state.rows[0]?.title, 'name 59')
    one.close()
    other.close()
  })
})

async function openBook(user: string): Promise<LocalBook> {
  const book = createLocalBook(await openBookDatabase(user), () => {})
  await book.loadIndex(() => {})
  return book
}
