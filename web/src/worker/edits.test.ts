import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { after, before, mock, suite, test } from 'node:test'
import 'fake-indexeddb/auto'
import type { Change } from './calls.ts'
import { emptyContact } from './contact-fields.ts'
import {
  deleteBookDatabase,
  openBookDatabase,
  slotsInContactBlock,
  slotsInIndexBlock,
} from './database.ts'
import { createEdits, type Edits } from './edits.ts'
import { createLocalBook, type LocalBook } from './local-book.ts'

const at = '2026-11-30T10:00:00.000Z'
const count = 2.5 * slotsInIndexBlock
const ids = Array.from({ length: count }, () => randomUUID())
/** As a list shows them, and not as they are stored. */
const shown = ids.toSorted()
const deletions: Change[] = shown.map((id) => ({ kind: 'delete', id }))

suite('many changes at once', () => {
  const user = randomUUID()
  let book: LocalBook
  let other: LocalBook
  let edits: Edits
  /** How many contacts each write of this tab changed. */
  const writes: number[] = []
  before(async () => {
    book = await openBook(user, (changed) => writes.push(changed))
    await book.write(false, async (edit) => {
      for (const id of ids) await edit.put({ ...emptyContact(id, at), revision: 'm1' })
    })
    edits = createEdits(book, () => {})
    other = await openBook(user)
    writes.length = 0
  })
  after(async () => {
    book.close()
    other.close()
    await deleteBookDatabase(user)
  })

  test('are written in parts, each contact and block about once, and undone likewise', async () => {
    using requests = counting()
    const undo = await edits.change(deletions)
    assert.deepEqual(writes, [2_000, 2_000, 1_000])
    assert.equal(book.state.slots.size, 0)
    assert.equal(book.state.outbox.length, count)
    assert.equal(requests.of('outbox'), count)
    assert.ok(requests.of('contacts') <= 2 * (count / slotsInContactBlock + writes.length))
    assert.ok(requests.of('index') <= 2 * writes.length)

    await edits.undo(undo, ids)
    assert.deepEqual(new Set(book.state.slots.keys()), new Set(ids))
    assert.equal(book.state.outbox.length, 0)
    assert.ok(writes.every((contacts) => contacts <= slotsInIndexBlock))
  })

  test('let what another tab asks for in between', async () => {
    const order: string[] = []
    const changing = edits.change(deletions).then(() => order.push('all'))
    const [first = ''] = shown
    const write = other
      .write(true, (edit) => edit.setConflict(first, null))
      .then(() => order.push('other'))
    await Promise.all([changing, write])
    assert.deepEqual(order, ['other', 'all'])
  })

  test('are all taken back where one of them cannot be kept', async () => {
    const undo = await edits.change(shown.map((id) => ({ kind: 'restore', id })))
    const { outbox, slots } = book.state
    const photo = new Blob([new Uint8Array(30 * 1024 * 1024)])
    const tooMuch: Change = { kind: 'photo', id: shown.at(-1) ?? '', photo }
    await assert.rejects(edits.change([...deletions.slice(0, -1), tooMuch]), /too many photos/)
    assert.equal(book.state.outbox.length, outbox.length)
    assert.deepEqual(new Set(book.state.slots.keys()), new Set(slots.keys()))
    await edits.undo(undo, ids)
  })

  test('are read by another tab as what has changed, not with all that waits', async () => {
    await other.refresh()
    const last = book.state.outbox.at(-3)?.contactId ?? ''
    await edits.change([{ kind: 'restore', id: last }])
    using requests = counting()
    await other.refresh()
    assert.deepEqual(other.state.outbox, book.state.outbox)
    assert.equal(requests.of('outbox'), 1)
    assert.equal(requests.ofAll('outbox'), 0)
  })
})

suite('a change', () => {
  test('looks at as few others, however many wait', async () => {
    const user = randomUUID()
    const book = await openBook(user)
    await book.write(false, async (edit) => {
      for (const id of ids.slice(0, 1_000)) {
        await edit.put({ ...emptyContact(id, at), revision: 'm1' })
      }
    })
    const edits = createEdits(book, () => {})
    const all = ids.slice(0, 1_000).map((id): Change => ({ kind: 'delete', id }))
    await edits.change(all.slice(0, 500))
    let looks = 0
    book.state.outbox = book.state.outbox.map(
      (entry) =>
        new Proxy(entry, {
          get(target, name) {
            looks++
            return target[name as keyof typeof target]
          },
        }),
    )
    await edits.change(all.slice(500))
    book.close()
    await deleteBookDatabase(user)
    // Once for the index, and when they are put in order.
    assert.ok(looks <= 10 * 500, `${looks} looks`)
  })
})

async function openBook(user: string, onOwn = (_contacts: number) => {}): Promise<LocalBook> {
  const book = createLocalBook(await openBookDatabase(user), (changed, isOwn) => {
    if (isOwn) onOwn(changed.slots.size)
  })
  await book.loadIndex(() => {})
  return book
}

/** Counts what is asked of the stores of a database meanwhile. */
function counting() {
  const asked = (['get', 'put', 'delete', 'getAll'] as const).map((name) =>
    mock.method(IDBObjectStore.prototype, name),
  )
  const count = (store: string, methods = asked) =>
    methods
      .flatMap((method) => method.mock.calls)
      .filter((call) => (call.this as IDBObjectStore).name === store).length
  return {
    of: (store: string) => count(store),
    ofAll: (store: string) => count(store, asked.slice(-1)),
    [Symbol.dispose]: () => mock.restoreAll(),
  }
}
