import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { after, describe, it } from 'node:test'
import { addCard, authorOf, cardOf, changedLines, idOf, phoneCard } from '../../test/cards.ts'
import { addContact } from '../../test/contacts.ts'
import { addLabel, createLabel, labelNamesOf, labelsOf } from '../../test/labels.ts'
import { workOf } from '../../test/meanwhile.ts'
import { expectStatus, readJson, signUp, type Answer, type Person } from '../../test/people.ts'
import { expectProblem, expectRefused } from '../../test/problems.ts'
import { startServer } from '../../test/server.ts'
import type { ContactAnswer } from '../contacts/schema.ts'
import { inBook } from '../contacts/store/locked-book.ts'
import { labelMembers } from './membership.ts'

const server = await startServer()
after(() => server[Symbol.asyncDispose]())
const { database } = server.services

async function contactOf(person: Person, id: string) {
  const answer = await person.get(`/api/contacts/${id}`)
  expectStatus(answer, 200)
  return { ...answer.json<ContactAnswer>(), etag: answer.headers['etag'] }
}

async function foundBy(person: Person, word: string): Promise<string[]> {
  const url = `/api/contacts/search?q=${encodeURIComponent(word)}`
  return (await readJson<ContactAnswer[]>(person, url)).map(({ id }) => id).sort()
}

const statuses = (answers: Answer[]) =>
  answers.map(({ statusCode }) => statusCode).sort((a, b) => a - b)

describe('a label', () => {
  it('is added also without contacts, and listed by its folded name', async () => {
    const ada = await signUp(server)
    const label = await createLabel(ada, ' Zürich ', '#3B82F6')
    assert.deepEqual(Object.keys(label), ['id', 'name', 'colour', 'contacts', 'created_at'])
    assert.deepEqual([label.name, label.colour, label.contacts], ['Zürich', '#3b82f6', 0])
    await createLabel(ada, 'alpine club')
    await createLabel(ada, 'Ärzte', null)
    const listed = await labelsOf(ada)
    assert.deepEqual(
      listed.map(({ name, colour }) => [name, colour]),
      [
        ['alpine club', null],
        ['Ärzte', null],
        ['Zürich', '#3b82f6'],
      ],
    )
    assert.deepEqual(listed.at(-1), label)
  })

  it('is there once, however its name is written', async () => {
    const ada = await signUp(server)
    await createLabel(ada, 'Café')
    for (const name of ['Café', 'CAFE', 'cafe ', 'Cafe\u0301']) {
      expectProblem(await ada.post('/api/labels', { name }), 409, 'label_exists')
    }
    const { id } = await createLabel(ada, 'Bar')
    expectProblem(await ada.patch(`/api/labels/${id}`, { name: 'cafe' }), 409, 'label_exists')
    assert.deepEqual(await labelNamesOf(ada), ['Bar', 'Café'])
    await createLabel(await signUp(server), 'Café')
  })

  it('is there once of many that are added at once', async () => {
    const ada = await signUp(server)
    const answers = await Promise.all(
      Array.from({ length: 8 }, () => ada.post('/api/labels', { name: 'Friends' })),
    )
    assert.deepEqual(statuses(answers), [201, ...Array(7).fill(409)])
    assert.deepEqual(await labelNamesOf(ada), ['Friends'])
  })

  it('has a name of one line that can be read, and a colour', async () => {
    const ada = await signUp(server)
    for (const name of ['', '   ', 'a\nb', 'x'.repeat(101), '\u200b\u200d', 7, null]) {
      expectRefused(await ada.post('/api/labels', { name }), '/name')
    }
    for (const colour of ['red', '#12345', '#12345g', '#1234567', 1]) {
      expectRefused(await ada.post('/api/labels', { name: 'a', colour }), '/colour')
    }
    expectRefused(await ada.post('/api/labels', {}), '/name')
    expectRefused(await ada.post('/api/labels', { name: 'a', size: 1 }), '/size')
    // Names that fold into many characters, or into characters of many octets.
    for (const name of [
      '한'.repeat(100),
      '\ufdfa'.repeat(100),
      '𝔄'.repeat(100),
      '❤️',
      'a,b;c\\d',
    ]) {
      assert.equal((await createLabel(ada, name)).name, name)
    }
  })

  it('is one of 500 at most, also of those that come at once', async () => {
    const ada = await signUp(server)
    await createLabel(ada, 'first')
    await database.write(
      `insert into labels (owner_id, id, name, name_key)
      select $1, gen_random_uuid(), 'l' || n, 'l' || n from generate_series(1, 497) n`,
      [await idOf(ada)],
    )
    const answers = await Promise.all(
      Array.from({ length: 5 }, (_, number) => ada.post('/api/labels', { name: `more ${number}` })),
    )
    assert.deepEqual(statuses(answers), [201, 201, 409, 409, 409])
    expectProblem(await ada.post('/api/labels', { name: 'last' }), 409, 'too_many_labels')
    assert.equal((await labelNamesOf(ada)).length, 500)
  })
})

describe('renaming a label', () => {
  it('changes the card of each contact in one line, what search finds, and the revision', async () => {
    const ada = await signUp(server)
    const [friends, bowling] = [
      await createLabel(ada, 'Friends'),
      await createLabel(ada, 'Bowling'),
    ]
    const card = phoneCard.replace('NOTE:', 'CATEGORIES:friends,Bowling\r\nNOTE:')
    const fromPhone = await addCard(server, ada, card)
    const plain = await addContact(ada, { first_name: 'Bob', label_ids: [friends.id] })
    const other = await addContact(ada, { first_name: 'Eve', label_ids: [bowling.id] })
    expectStatus(
      await ada.patch(`/api/contacts/${fromPhone}`, { label_ids: [friends.id, bowling.id] }),
      200,
    )
    const before = await cardOf(server, fromPhone)
    assert.deepEqual(changedLines(card, before ?? ''), { gone: [], come: [] })
    const etags = [(await contactOf(ada, plain)).etag, (await contactOf(ada, other)).etag]

    const answer = await ada.patch(`/api/labels/${friends.id}`, { name: 'Old friends' })
    expectStatus(answer, 200)
    assert.deepEqual(answer.json(), { ...friends, name: 'Old friends', contacts: 2 })

    assert.deepEqual(changedLines(before ?? '', (await cardOf(server, fromPhone)) ?? ''), {
      gone: ['CATEGORIES:friends,Bowling'],
      come: ['CATEGORIES:Old friends,Bowling'],
    })
    assert.deepEqual(await foundBy(ada, 'old friends'), [fromPhone, plain].sort())
    const renamed = await contactOf(ada, plain)
    assert.notEqual(renamed.etag, etags[0])
    assert.deepEqual(renamed.label_ids, [friends.id])
    assert.equal((await contactOf(ada, other)).etag, etags[1])
    const { rows } = await database.pool.query(
      'select operation, card is not null as carded from contact_revisions where contact_id = any ($1)',
      [[fromPhone, plain]],
    )
    const labelled = rows.filter(({ operation }) => operation === 'labelled')
    assert.deepEqual(new Set(labelled.map(({ carded }) => carded)), new Set([false, true]))
  })

  it('in another case changes what the cards say', async () => {
    const ada = await signUp(server)
    const label = await createLabel(ada, 'friends')
    const id = await addCard(server, ada, phoneCard)
    await ada.patch(`/api/contacts/${id}`, { label_ids: [label.id] })
    await ada.patch(`/api/labels/${label.id}`, { name: 'Friends' })
    assert.match((await cardOf(server, id)) ?? '', /\r\nCATEGORIES:Friends\r\n/)
  })

  it('twice in a row leaves the last name, whoever tells the contacts', async () => {
    const ada = await signUp(server)
    const label = await createLabel(ada, 'one')
    const ids: string[] = []
    for (let count = 0; count < 3; count++) {
      const id = await addCard(server, ada, phoneCard.replace('6F1C', `${count}F1C`))
      await ada.patch(`/api/contacts/${id}`, { label_ids: [label.id] })
      ids.push(id)
    }
    const names = ['two', 'three', 'four', 'one', 'five']
    const answers = await Promise.all(
      names.map((name) => ada.patch(`/api/labels/${label.id}`, { name })),
    )
    assert.deepEqual(new Set(statuses(answers)), new Set([200]))
    await server.jobsDone()
    const [name] = await labelNamesOf(ada)
    for (const id of ids) {
      assert.match((await cardOf(server, id)) ?? '', new RegExp(`\r\nCATEGORIES:${name}\r\n`))
    }
    assert.deepEqual(await foundBy(ada, name ?? ''), ids.sort())
  })

  it('changes the colour alone without touching a contact', async () => {
    const ada = await signUp(server)
    const label = await createLabel(ada, 'Friends', '#000000')
    const id = await addContact(ada, { first_name: 'Bob', label_ids: [label.id] })
    const { etag } = await contactOf(ada, id)
    for (const [patch, colour] of [
      [{ colour: '#ABCDEF' }, '#abcdef'],
      [{}, '#abcdef'],
      [{ colour: null }, null],
    ]) {
      const answer = await ada.patch(`/api/labels/${label.id}`, patch as object)
      assert.deepEqual(answer.json(), { ...label, colour, contacts: 1 })
    }
    assert.equal((await contactOf(ada, id)).etag, etag)
  })

  it('tells contacts in the trash, too', async () => {
    const ada = await signUp(server)
    const label = await createLabel(ada, 'Friends')
    const id = await addCard(server, ada, phoneCard)
    await ada.patch(`/api/contacts/${id}`, { label_ids: [label.id] })
    await ada.delete(`/api/contacts/${id}`)
    const answer = await ada.patch(`/api/labels/${label.id}`, { name: 'Old friends' })
    assert.equal(answer.json().contacts, 0)
    assert.match((await cardOf(server, id)) ?? '', /\r\nCATEGORIES:Old friends\r\n/)
  })

  it('that was broken off is finished by the job, from where it was', async () => {
    const ada = await signUp(server)
    const ownerId = await idOf(ada)
    const label = await createLabel(ada, 'Friends')
    const ids: string[] = []
    for (let count = 0; count < 3; count++) {
      ids.push(await addContact(ada, { first_name: `Bob ${count}`, label_ids: [label.id] }))
    }
    const etags = await Promise.all(ids.map(async (id) => (await contactOf(ada, id)).etag))
    // The state after a crash behind the first contact: the label is renamed, the job waits.
    await database.write(
      `update labels set name = 'Pals', name_key = 'pals', propagated_to = $3
      where owner_id = $1 and id = $2`,
      [ownerId, label.id, ids[0]],
    )
    assert.deepEqual(await foundBy(ada, 'pals'), [])
    const job = { ...(await authorOf(ada)), labelId: label.id }
    await server.services.jobs.send(database.write, 'propagate-label', job)
    await server.jobsDone()
    assert.deepEqual(await foundBy(ada, 'pals'), ids.slice(1).sort())
    assert.equal((await contactOf(ada, ids[0] ?? '')).etag, etags[0])
  })
})

describe('deleting a label', () => {
  it('leaves its contacts without it', async () => {
    const ada = await signUp(server)
    const [friends, bowling] = [
      await createLabel(ada, 'Friends'),
      await createLabel(ada, 'Bowling'),
    ]
    const id = await addCard(server, ada, phoneCard)
    await ada.patch(`/api/contacts/${id}`, { label_ids: [friends.id, bowling.id] })
    assert.equal((await ada.delete(`/api/labels/${friends.id}`)).statusCode, 204)
    assert.deepEqual(await labelNamesOf(ada), ['Bowling'])
    const { label_ids: labelIds } = await contactOf(ada, id)
    assert.deepEqual(labelIds, [bowling.id])
    assert.match((await cardOf(server, id)) ?? '', /\r\nCATEGORIES:Bowling\r\n/)
    assert.deepEqual(await foundBy(ada, 'friends'), [])
    expectProblem(await ada.delete(`/api/labels/${friends.id}`), 404, 'not_found')
    expectProblem(await ada.patch(`/api/labels/${friends.id}`, { name: 'a' }), 404, 'not_found')
    await createLabel(ada, 'Friends')
    await server.jobsDone()
    const { rows } = await database.pool.query('select 1 from labels where id = $1', [friends.id])
    assert.deepEqual(rows, [])
  })

  it('moves its contacts to the trash where that is asked', async () => {
    const ada = await signUp(server)
    const label = await createLabel(ada, 'Spam')
    const spam = [
      await addContact(ada, { first_name: 'Mallory', label_ids: [label.id] }),
      await addContact(ada, { first_name: 'Trudy', label_ids: [label.id] }),
    ]
    const friend = await addContact(ada)
    const path = `/api/labels/${label.id}`
    expectRefused(await ada.delete(`${path}?contacts=all`), '/contacts')
    assert.equal((await ada.delete(`${path}?contacts=trash`)).statusCode, 204)
    for (const id of spam) expectProblem(await ada.get(`/api/contacts/${id}`), 404, 'not_found')
    await contactOf(ada, friend)
    const { rows } = await database.pool.query(
      `select contact_id, (select operation from contact_revisions revision
         where revision.contact_id = tombstones.contact_id order by modseq desc limit 1) as operation
      from tombstones where owner_id = $1 order by 1`,
      [await idOf(ada)],
    )
    assert.deepEqual(
      rows.map(({ contact_id: id, operation }) => [id, operation]),
      spam.sort().map((id) => [id, 'deleted']),
    )
  })

  it('and renaming others at the same time loses none of the contacts', async () => {
    const ada = await signUp(server)
    const labels = [
      await createLabel(ada, 'a'),
      await createLabel(ada, 'b'),
      await createLabel(ada, 'c'),
    ]
    const [gone, renamed, kept] = labels.map(({ id }) => id)
    const id = await addCard(server, ada, phoneCard)
    await ada.patch(`/api/contacts/${id}`, { label_ids: labels.map(({ id }) => id) })
    const answers = await Promise.all([
      ada.delete(`/api/labels/${gone}`),
      ada.patch(`/api/labels/${renamed}`, { name: 'B2' }),
      ada.patch(`/api/contacts/${id}`, { nickname: 'Amazing' }),
    ])
    assert.deepEqual(statuses(answers), [200, 200, 204])
    await server.jobsDone()
    const contact = await contactOf(ada, id)
    assert.deepEqual(contact.label_ids, [renamed, kept])
    assert.equal(contact.nickname, 'Amazing')
    const line = /\r\nCATEGORIES:(.*)\r\n/.exec((await cardOf(server, id)) ?? '')?.[1]
    assert.deepEqual(line?.split(',').sort(), ['B2', 'c'])
  })
})

describe('many contacts at once', () => {
  const change = (person: Person, labelId: string, body: object) =>
    person.post(`/api/labels/${labelId}/contacts`, body)

  it('get a label and lose it, counted', async () => {
    const ada = await signUp(server)
    const label = await createLabel(ada, 'Friends')
    const ids = await Promise.all(
      Array.from({ length: 70 }, (_, number) => addContact(ada, { first_name: `Bob ${number}` })),
    )
    const carded = await addCard(server, ada, phoneCard)
    const all = [...ids, carded]
    const path = `/api/contacts?label=${label.id}&limit=1`
    const total = async () => Number((await ada.get(path)).headers['x-total-count'])

    const added = await change(ada, label.id, { add: [...all, ...all] })
    assert.deepEqual(added.json(), { added: 71, removed: 0, contacts: 71 })
    assert.equal(await total(), 71)
    assert.match((await cardOf(server, carded)) ?? '', /\r\nCATEGORIES:Friends\r\n/)
    assert.equal((await foundBy(ada, 'friends')).length, 50)

    const again = await change(ada, label.id, { add: all.slice(0, 5), remove: all.slice(-3) })
    assert.deepEqual(again.json(), { added: 0, removed: 3, contacts: 68 })
    assert.ok(!(await cardOf(server, carded))?.includes('CATEGORIES'))
    assert.equal((await labelsOf(ada))[0]?.contacts, 68)
    assert.deepEqual((await change(ada, label.id, {})).json(), {
      added: 0,
      removed: 0,
      contacts: 68,
    })
  })

  it('stay as they are when one of them is not there', async () => {
    const [ada, eve] = [await signUp(server), await signUp(server)]
    const label = await createLabel(ada, 'Friends')
    const [own, trashed] = [await addContact(ada), await addContact(ada)]
    await ada.delete(`/api/contacts/${trashed}`)
    const foreign = await addContact(eve)
    const { etag } = await contactOf(ada, own)
    const refusals: [object, ...string[]][] = [
      [{ add: [own, randomUUID()] }, '/add/1'],
      [{ add: [own, foreign], remove: [trashed] }, '/add/1', '/remove/0'],
      [{ add: [own], remove: [own.toUpperCase()] }, '/remove/0'],
      [{ add: ['x'] }, '/add/0'],
      [{ add: Array(1_001).fill(own) }, '/add'],
      [{ set: [] }, '/set'],
    ]
    for (const [body, ...pointers] of refusals) {
      expectRefused(await change(ada, label.id, body), ...pointers)
    }
    assert.equal((await contactOf(ada, own)).etag, etag)
    expectProblem(await change(ada, randomUUID(), { add: [own] }), 404, 'not_found')
    expectProblem(await change(eve, label.id, { add: [foreign] }), 404, 'not_found')
    assert.deepEqual((await contactOf(eve, foreign)).label_ids, [])
  })

  it('may be a thousand to add and a thousand to remove', async () => {
    const ada = await signUp(server)
    const label = await createLabel(ada, 'Friends')
    await server.services.database.write(
      `insert into contacts (owner_id, id, first_name, sort_key, search, modseq, label_ids)
      select $1, gen_random_uuid(), 'Bob', 'bob', 'bob', 1,
        case when n % 2 = 0 then array[$2::uuid] else '{}' end
      from generate_series(1, 2000) n`,
      [await idOf(ada), label.id],
    )
    const { rows } = await database.pool.query(
      'select id, cardinality(label_ids) as labels from contacts where owner_id = $1',
      [await idOf(ada)],
    )
    const idsWith = (count: number) =>
      rows.filter(({ labels }) => labels === count).map(({ id }) => id)
    const body = { add: idsWith(0), remove: idsWith(1) }
    const { databaseCalls } = await workOf(server, async () => {
      const answer = await change(ada, label.id, body)
      assert.deepEqual(answer.json(), { added: 1_000, removed: 1_000, contacts: 1_000 })
    })
    // Contacts are changed in batches, not each by a call of its own.
    assert.ok(databaseCalls < 200, `${databaseCalls} calls`)
  })

  it('that have a hundred labels get no more', async () => {
    const ada = await signUp(server)
    const label = await createLabel(ada, 'One too many')
    const id = await addContact(ada)
    await database.write(
      `update contacts set label_ids = array(select gen_random_uuid() from generate_series(1, 100))
      where owner_id = $1 and id = $2`,
      [await idOf(ada), id],
    )
    expectRefused(await change(ada, label.id, { add: [id] }), '/add/0')
  })
})

describe('a group of a file', () => {
  it('becomes a label of its members, whose cards stay as they are', async () => {
    const ada = await signUp(server)
    const author = await authorOf(ada, 'import')
    const carded = await addCard(server, ada, phoneCard)
    const plain = await addContact(ada)
    const navy = await addLabel(ada, 'Navy')
    const label = (ids: string[]) =>
      inBook(database, author, (book) => labelMembers(book, navy, ids))
    assert.equal(await label([carded, plain, randomUUID()]), 2)
    assert.equal(await label([carded]), 0)
    assert.equal(await label([]), 0)
    assert.equal(await cardOf(server, carded), phoneCard)
    assert.deepEqual(await foundBy(ada, 'navy'), [carded, plain].sort())

    expectStatus(await ada.patch(`/api/labels/${navy}`, { name: 'Sailors' }), 200)
    assert.equal(await cardOf(server, carded), phoneCard)
    assert.deepEqual(await foundBy(ada, 'sailors'), [carded, plain].sort())
  })
})

describe('calls to labels', () => {
  it('are limited like those to contacts, and those that change many more so', async () => {
    await using limited = await startServer({ RATE_LIMITS: 'on', RATE_LIMIT_CONTACTS: '2/1m' })
    const ada = await signUp(limited)
    for (const status of [200, 200, 429]) expectStatus(await ada.get('/api/labels'), status)
    const remove = () => ada.delete(`/api/labels/${randomUUID()}`)
    const answers = await Promise.all(Array.from({ length: 61 }, remove))
    assert.deepEqual(statuses(answers), [...Array(60).fill(404), 429])
  })
})

describe('a label of thousands of contacts', () => {
  it('holds nobody up when it is renamed and deleted', async () => {
    const ada = await signUp(server)
    const bob = await signUp(server)
    const ownerId = await idOf(ada)
    const label = await createLabel(ada, 'Everybody')
    const count = 1_500
    await database.write(
      `insert into contacts (owner_id, id, first_name, sort_key, search, modseq, label_ids)
      select $1, gen_random_uuid(), 'Bob', 'bob', 'bob', 1, array[$2::uuid]
      from generate_series(1, ${count}) n`,
      [ownerId, label.id],
    )
    const path = `/api/labels/${label.id}`
    let served = 0
    // Each of the two changes takes sixty batches: others wait for one of them, not for all.
    const expectOthersServed = () => {
      assert.ok(served >= 10, `${served} were served meanwhile`)
      served = 0
    }
    const done = new AbortController()
    const watching = (async () => {
      while (!done.signal.aborted) {
        expectStatus(await bob.post('/api/contacts', { first_name: 'Eve' }), 201)
        served++
      }
    })()
    expectStatus(await ada.patch(path, { name: 'All' }), 200)
    await server.jobsDone()
    expectOthersServed()
    const one = await ada.get('/api/contacts?q=all&limit=1')
    assert.equal(one.headers['x-total-count'], String(count))
    assert.equal((await ada.delete(path)).statusCode, 204)
    assert.deepEqual(await labelNamesOf(ada), [])
    await server.jobsDone()
    expectOthersServed()
    done.abort()
    await watching
    const left = await database.read<{ count: number }>(
      `select count(*) from contacts where owner_id = $1 and label_ids <> '{}'`,
      [ownerId],
    )
    assert.equal(left[0]?.count, 0)
  })
})
