import assert from 'node:assert/strict'
import { after, describe, it } from 'node:test'
import { gunzipSync } from 'node:zlib'
import { sendBatch } from '../../test/batch.ts'
import { changesOf, emptyCopy, expectComplete, idsOf, linesOf, update } from '../../test/changes.ts'
import { addContact, createContact, readContact } from '../../test/contacts.ts'
import { finished, imported } from '../../test/imports.ts'
import { addLabel, createLabel } from '../../test/labels.ts'
import { expectStatus, signUp, type Person } from '../../test/people.ts'
import { expectProblem, expectRefused } from '../../test/problems.ts'
import { startServer } from '../../test/server.ts'
import { removeExpired } from '../cleanup.ts'
import { fromToken, toToken, type Position } from './position.ts'
import type { ChangesAnswer } from './schema.ts'

const server = await startServer()
after(() => server[Symbol.asyncDispose]())
const { database } = server.services

const nothing = { contacts: [], removed: [], labels: [], removed_labels: [] }

async function patch(owner: Person, id: string, fields: object) {
  expectStatus(await owner.patch(`/api/contacts/${id}`, fields), 200)
}

async function remove(owner: Person, id: string) {
  expectStatus(await owner.delete(`/api/contacts/${id}`), 204)
}

/** A token with another of its parts. */
function otherwise(token: string, change: (position: Position) => Partial<Position>): string {
  const position = fromToken(token) ?? assert.fail('it is no token')
  return toToken({ ...position, ...change(position) })
}

describe('changes without a token', () => {
  it('are all there is, the oldest change first, and nothing of what is gone', async () => {
    const ada = await signUp(server)
    const [first, second] = [await addContact(ada), await addContact(ada)]
    const gone = await addContact(ada)
    const label = await createLabel(ada, 'Friends', '#3b82f6')
    await ada.delete(`/api/labels/${await addLabel(ada, 'Gone')}`)
    await patch(ada, first, { nickname: 'Countess' })
    await remove(ada, gone)
    const { next, ...rest } = await changesOf(ada)
    assert.ok(next)
    assert.deepEqual(rest, {
      contacts: [await readContact(ada, second), await readContact(ada, first)],
      removed: [],
      labels: [{ id: label.id, name: 'Friends', colour: '#3b82f6' }],
      removed_labels: [],
      more: false,
      total: 2,
    })
  })

  it('come page by page', async () => {
    const ada = await signUp(server)
    const ids: string[] = []
    for (let count = 0; count < 5; count++) ids.push(await addContact(ada))
    await remove(ada, ids.shift() ?? '')
    const seen: string[] = []
    let since = ''
    for (const more of [true, true, true, false]) {
      const page = await changesOf(ada, since, '&limit=1')
      assert.deepEqual([page.more, page.total, page.removed], [more, 4, []])
      seen.push(...idsOf(page))
      since = page.next
    }
    assert.deepEqual(seen, ids)
  })

  it('leave as they are made where they are long, and are the same', async () => {
    const ada = await signUp(server)
    await addLabel(ada, 'Friends')
    const contact = { first_name: 'Grace', additional_data: 'ö'.repeat(9_000) }
    await sendBatch(ada, ...Array.from({ length: 70 }, () => ({ operation: 'create', contact })))
    const answer = await ada.get('/api/changes')
    expectStatus(answer, 200)
    assert.equal(answer.headers['content-length'], undefined)
    assert.match(String(answer.headers['content-type']), /^application\/json/)
    const { contacts, labels, total } = answer.json<ChangesAnswer>()
    const lines = await linesOf(ada)
    assert.deepEqual(
      contacts,
      lines.flatMap((line) => line.contact ?? []),
    )
    assert.deepEqual([contacts.length, labels.length, total], [70, 1, 70])
  })

  it('and what is deleted while they are read is removed at their end', async () => {
    const ada = await signUp(server)
    const before = await addContact(ada)
    const ids = [await addContact(ada), await addContact(ada), await addContact(ada)]
    await remove(ada, before)
    const start = await changesOf(ada, '', '&limit=1')
    assert.deepEqual(idsOf(start), ids.slice(0, 1))
    await remove(ada, ids[0] ?? '')
    await patch(ada, ids[1] ?? '', { nickname: 'Later' })
    const rest = await changesOf(ada, start.next)
    assert.deepEqual(idsOf(rest), [ids[2], ids[1]])
    assert.deepEqual(rest.removed, ids.slice(0, 1))
  })

  it('of a new account are none, and then what it adds', async () => {
    const ada = await signUp(server)
    const { next, ...rest } = await changesOf(ada)
    assert.deepEqual(rest, { ...nothing, more: false, total: 0 })
    const id = await addContact(ada)
    assert.deepEqual(idsOf(await changesOf(ada, next)), [id])
  })
})

describe('changes since a token', () => {
  it('show a contact once, as it is now, and then no more', async () => {
    const ada = await signUp(server)
    const id = await addContact(ada)
    const { next } = await changesOf(ada)
    for (const nickname of ['One', 'Two', 'Three']) await patch(ada, id, { nickname })
    await patch(ada, id, { nickname: 'Three' })
    const page = await changesOf(ada, next)
    assert.deepEqual(page.contacts, [await readContact(ada, id)])
    const { next: _next, ...again } = await changesOf(ada, page.next)
    assert.deepEqual(again, { ...nothing, more: false, total: 1 })
  })

  it('show what goes to the trash, comes back, and goes for good', async () => {
    const ada = await signUp(server)
    const id = await addContact(ada)
    const first = await changesOf(ada)
    await remove(ada, id)
    const trashed = await changesOf(ada, first.next)
    assert.deepEqual([trashed.contacts, trashed.removed, trashed.total], [[], [id], 0])
    expectStatus(await ada.post(`/api/trash/${id}/restore`), 200)
    const restored = await changesOf(ada, trashed.next)
    assert.deepEqual([idsOf(restored), restored.removed], [[id], []])
    // Whoever missed all of that sees only what is.
    const late = await changesOf(ada, first.next)
    assert.deepEqual([idsOf(late), late.removed], [[id], []])
    await remove(ada, id)
    expectStatus(await ada.delete(`/api/trash/${id}`), 204)
    const purged = await changesOf(ada, restored.next)
    assert.deepEqual([purged.contacts, purged.removed], [[], [id]])
    assert.deepEqual((await changesOf(ada, purged.next)).removed, [])
  })

  it('show labels: new, renamed, coloured, deleted with and without contacts', async () => {
    const ada = await signUp(server)
    const first = await changesOf(ada)
    const [one, two] = [await createLabel(ada, 'One'), await createLabel(ada, 'Two')]
    const contact = await createContact(ada, { first_name: 'Ada', label_ids: [one.id] })
    const other = await createContact(ada, { first_name: 'Bob', label_ids: [two.id] })
    const made = await changesOf(ada, first.next)
    assert.deepEqual(
      made.labels.map(({ name }) => name),
      ['One', 'Two'],
    )
    expectStatus(await ada.patch(`/api/labels/${one.id}`, { name: 'First' }), 200)
    expectStatus(await ada.patch(`/api/labels/${two.id}`, { name: 'Two', colour: null }), 200)
    const renamed = await changesOf(ada, made.next)
    assert.deepEqual(renamed.labels, [{ id: one.id, name: 'First', colour: null }])
    expectStatus(await ada.patch(`/api/labels/${two.id}`, { colour: '#00FF00' }), 200)
    const coloured = await changesOf(ada, renamed.next)
    assert.deepEqual(coloured.labels, [{ id: two.id, name: 'Two', colour: '#00ff00' }])

    expectStatus(await ada.delete(`/api/labels/${one.id}`), 204)
    const kept = await changesOf(ada, coloured.next)
    assert.deepEqual([kept.removed_labels, idsOf(kept)], [[one.id], [contact.id]])
    assert.deepEqual((await readContact(ada, contact.id)).label_ids, [])
    expectStatus(await ada.delete(`/api/labels/${two.id}?contacts=trash`), 204)
    const trashed = await changesOf(ada, kept.next)
    assert.deepEqual([trashed.removed_labels, trashed.removed], [[two.id], [other.id]])
    assert.deepEqual((await changesOf(ada, trashed.next)).removed_labels, [])
  })

  it('do not show again what is in the trash already, when its label goes', async () => {
    const ada = await signUp(server)
    const label = await addLabel(ada, 'Gone')
    const id = await addContact(ada, { first_name: 'Ada', label_ids: [label] })
    await remove(ada, id)
    const { next } = await changesOf(ada)
    expectStatus(await ada.delete(`/api/labels/${label}?contacts=trash`), 204)
    const page = await changesOf(ada, next)
    assert.deepEqual([page.removed, page.removed_labels], [[], [label]])
  })

  it('follow an import, and its undoing', async () => {
    const ada = await signUp(server)
    const copy = emptyCopy()
    await update(copy, ada)
    const rows = 'First Name,Labels\r\nAda,New\r\nBo,New ::: Other\r\n'
    const { id } = await imported(ada, rows, { name: 'contacts.csv' })
    await update(copy, ada, 2)
    assert.deepEqual([copy.contacts.size, copy.labels.size], [2, 2])
    await expectComplete(copy, ada)
    await finished(ada, await ada.delete(`/api/imports/${id}`))
    await update(copy, ada, 2)
    assert.deepEqual([copy.contacts.size, copy.labels.size], [0, 0])
  })

  it('come in the simple shape where that is asked for', async () => {
    const ada = await signUp(server)
    await addContact(ada, { first_name: 'Ada', nickname: 'Countess' })
    const [listed] = (await ada.get('/api/contacts')).json()
    assert.deepEqual((await changesOf(ada, '', '&view=simple')).contacts, [listed])
  })
})

describe('changes as lines', () => {
  it('are all that pages have, without a limit, and end with the token and the total', async () => {
    const ada = await signUp(server)
    const { next: since } = await changesOf(ada)
    const rows = Array.from({ length: 600 }, (_, number) => `Person ${number}`)
    await imported(ada, `First Name\r\n${rows.join('\r\n')}\r\n`, { name: 'contacts.csv' })
    const gone = await addContact(ada)
    await remove(ada, gone)
    const label = await addLabel(ada, 'Friends')
    await ada.delete(`/api/labels/${await addLabel(ada, 'Gone')}`)
    const page = await changesOf(ada, since)
    const lines = await linesOf(ada, since, '&limit=1')
    const last = lines.pop()
    assert.deepEqual(last, { next: page.next, total: 600 })
    assert.deepEqual(
      lines.flatMap(({ contact }) => contact ?? []),
      page.contacts,
    )
    assert.deepEqual(lines.slice(600, 602), [
      { removed: gone },
      { label: { id: label, name: 'Friends', colour: null } },
    ])
    assert.deepEqual(lines.slice(602), [{ removed_label: page.removed_labels[0] }])
    assert.deepEqual(await linesOf(ada, page.next), [{ next: page.next, total: 600 }])
  })

  it('are compressed as they go', async () => {
    const ada = await signUp(server)
    const id = await addContact(ada)
    const answer = await ada.get('/api/changes', {
      accept: 'application/x-ndjson, */*;q=0.1',
      'accept-encoding': 'gzip',
    })
    expectStatus(answer, 200)
    assert.equal(answer.headers['content-encoding'], 'gzip')
    assert.match(String(answer.headers['vary']), /\bAccept\b(?!-)/)
    const [line = ''] = gunzipSync(answer.rawPayload).toString().split('\n')
    assert.equal(JSON.parse(line).contact.id, id)
  })

  it('are not what browsers and others get that take anything', async () => {
    const ada = await signUp(server)
    for (const accept of ['*/*', 'application/json, application/x-ndjson', 'text/html']) {
      const answer = await ada.get('/api/changes', { accept })
      assert.match(String(answer.headers['content-type']), /^application\/json/)
    }
  })
})

describe('a token', () => {
  it('is refused where it is none, or damaged', async () => {
    const ada = await signUp(server)
    await addContact(ada)
    const { next } = await changesOf(ada)
    const damaged = [next.slice(1), `${next}A`, `B${next.slice(1)}`, next.replace(/.$/, '*')]
    for (const token of ['x', '42', 'm42', ...damaged]) {
      expectRefused(await ada.get(`/api/changes?since=${token}`), '/since')
      const asLines = { accept: 'application/x-ndjson' }
      expectRefused(await ada.get(`/api/changes?since=${token}`, asLines), '/since')
    }
  })

  it('of another account is expired', async () => {
    const [ada, eve] = [await signUp(server), await signUp(server)]
    await addContact(eve)
    const { next } = await changesOf(ada)
    await addContact(ada)
    for (const accept of ['application/json', 'application/x-ndjson']) {
      const answer = await eve.get(`/api/changes?since=${next}`, { accept })
      expectProblem(answer, 410, 'sync_token_expired')
    }
  })

  it('is good for 180 days', async () => {
    const ada = await signUp(server)
    const { next } = await changesOf(ada)
    const id = await addContact(ada)
    const aged = (days: number) => otherwise(next, ({ day }) => ({ day: day - days }))
    assert.deepEqual(idsOf(await changesOf(ada, aged(180))), [id])
    for (const days of [181, 10_000, -2]) {
      const answer = await ada.get(`/api/changes?since=${aged(days)}`)
      expectProblem(answer, 410, 'sync_token_expired')
    }
  })

  it('does not get younger before everything is read', async () => {
    const ada = await signUp(server)
    const { next } = await changesOf(ada)
    for (let count = 0; count < 3; count++) await addContact(ada)
    const old = otherwise(next, ({ day }) => ({ day: day - 100 }))
    const part = await changesOf(ada, old, '&limit=2')
    assert.equal(fromToken(part.next)?.day, fromToken(old)?.day)
    const rest = await changesOf(ada, part.next, '&limit=2')
    assert.equal(fromToken(rest.next)?.day, fromToken(next)?.day)
  })

  it('of what the book has not come to, or of another epoch, is expired', async () => {
    const ada = await signUp(server)
    await addContact(ada)
    const { next } = await changesOf(ada)
    const wrong = [
      otherwise(next, ({ modseq }) => ({ modseq: modseq + 1 })),
      otherwise(next, ({ epoch }) => ({ epoch: epoch - 1 })),
    ]
    for (const token of wrong) {
      const answer = await ada.get(`/api/changes?since=${token}`)
      expectProblem(answer, 410, 'sync_token_expired')
    }
  })

  it('finds what was deleted after it, as long as it is good', async () => {
    const ada = await signUp(server)
    const ids = [await addContact(ada), await addContact(ada)]
    const label = await addLabel(ada, 'Gone')
    const { next } = await changesOf(ada)
    for (const id of ids) await remove(ada, id)
    expectStatus(await ada.delete(`/api/labels/${label}`), 204)
    expectStatus(await ada.delete('/api/trash'), 204)
    const age = async (days: number) => {
      for (const table of ['tombstones', 'label_tombstones']) {
        await database.pool.query(
          `update ${table} set at = now() - make_interval(days => $2) where owner_id in (
            select id from users where email = $1
          )`,
          [ada.email, days],
        )
      }
      await removeExpired(database)
      return changesOf(ada, next)
    }
    const kept = await age(181)
    assert.deepEqual([kept.removed, kept.removed_labels], [ids, [label]])
    const dropped = await age(191)
    assert.deepEqual([dropped.removed, dropped.removed_labels], [[], []])
  })
})

describe('the limit', () => {
  it('counts the calls of a user', async () => {
    await using limited = await startServer({ RATE_LIMITS: 'on', RATE_LIMIT_CHANGES: '2/1h' })
    const ada = await signUp(limited)
    await changesOf(ada)
    await linesOf(ada)
    expectProblem(await ada.get('/api/changes'), 429, 'rate_limited')
    await changesOf(await signUp(limited))
  })
})
