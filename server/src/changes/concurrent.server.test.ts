import assert from 'node:assert/strict'
import { after, describe, it } from 'node:test'
import { idOf } from '../../test/cards.ts'
import { changesOf, emptyCopy, expectComplete, idsOf, update } from '../../test/changes.ts'
import { addContact } from '../../test/contacts.ts'
import { addLabel } from '../../test/labels.ts'
import { expectStatus, signUp, type Person } from '../../test/people.ts'
import { startServer } from '../../test/server.ts'
import { changeContactIn } from '../contacts/change.ts'
import { inBook } from '../contacts/store/locked-book.ts'

const server = await startServer()
after(() => server[Symbol.asyncDispose]())
const { database } = server.services

/** What one writer does to a book, a step at a time; each step is answered before the next. */
async function* writing(owner: Person, name: string) {
  const label = await addLabel(owner, name)
  for (let round = 0; round < 12; round++) {
    const id = await addContact(owner, { first_name: name, label_ids: round % 3 ? [] : [label] })
    yield
    const path = `/api/contacts/${id}`
    expectStatus(await owner.patch(path, { nickname: `${name} ${round}` }), 200)
    yield
    if (round % 2) continue
    expectStatus(await owner.delete(path), 204)
    yield
    if (round % 4) expectStatus(await owner.delete(`/api/trash/${id}`), 204)
    else expectStatus(await owner.post(`/api/trash/${id}/restore`), 200)
    yield
    expectStatus(await owner.patch(`/api/labels/${label}`, { name: `${name} ${round}` }), 200)
  }
  expectStatus(await owner.delete(`/api/labels/${label}`), 204)
}

describe('while several write at once', () => {
  it('whoever reads on misses no change, and sees none twice', async () => {
    const ada = await signUp(server)
    const end = new AbortController()
    const names = ['A', 'B', 'C', 'D', 'E', 'F']
    const writers = names.map(async (name) => {
      for await (const _step of writing(ada, name)) if (end.signal.aborted) return
    })
    const written = Promise.all(writers).finally(() => end.abort())
    const follow = async (limit: number) => {
      const copy = emptyCopy()
      let found = 0
      while (!end.signal.aborted) found += await update(copy, ada, limit)
      await written
      found += await update(copy, ada, limit)
      await expectComplete(copy, ada)
      return found
    }
    const counts = await Promise.all([1, 3, 1_000].map(follow))
    // They read in between, and not only the end of it.
    const states = await update(emptyCopy(), ada)
    for (const count of counts) assert.ok(count > states, `${count} changes, ${states} at the end`)
  })

  it('a change that is committed late is behind no token', async () => {
    const ada = await signUp(server)
    const [late, other] = [await addContact(ada), await addContact(ada)]
    const { next } = await changesOf(ada)
    const ownerId = await idOf(ada)
    const author = { ownerId, actorId: ownerId, via: 'api' } as const
    const changed = Promise.withResolvers<void>()
    const goOn = Promise.withResolvers<void>()
    const committing = inBook(database, author, async (book) => {
      await changeContactIn(book, late, ({ contact, labelIds }) => ({
        contact: { ...contact, nickname: 'Late' },
        labelIds,
      }))
      changed.resolve()
      await goOn.promise
    })
    await changed.promise
    // It waits for the first.
    const following = ada.patch(`/api/contacts/${other}`, { nickname: 'Next' })
    const before = await changesOf(ada, next)
    assert.deepEqual([before.contacts, before.next], [[], next])
    goOn.resolve()
    await committing
    expectStatus(await following, 200)
    assert.deepEqual(idsOf(await changesOf(ada, before.next)), [late, other])
  })
})
