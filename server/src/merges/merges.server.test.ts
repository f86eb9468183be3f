import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { after, describe, it } from 'node:test'
import { addCard, cardOf, cardWith, changedLines, idOf, phoneCard } from '../../test/cards.ts'
import {
  addContact,
  contactsOf,
  createContact,
  historyOf,
  readContact,
  trashOf,
} from '../../test/contacts.ts'
import { countsOf, imported } from '../../test/imports.ts'
import { addLabel } from '../../test/labels.ts'
import { merge, mergesOf, preview, storedBook, undo } from '../../test/merges.ts'
import { expectStatus, readJson, signUp } from '../../test/people.ts'
import { expectProblem, expectRefused } from '../../test/problems.ts'
import { startServer } from '../../test/server.ts'
import { expectTimeSince } from '../../test/times.ts'
import { removeExpired } from '../cleanup.ts'
import type { MergeAnswer } from './schema.ts'

const server = await startServer()
after(() => server[Symbol.asyncDispose]())
const { pool } = server.services.database

const ada = {
  first_name: 'Ada',
  last_name: 'Lovelace',
  company: 'Analytical Engines',
  birthday: '--12-10',
  additional_data: 'Wrote the first program.',
  emails: [{ label: 'work', value: 'Ada@Example.org' }],
  phones: [{ value: '020 7946 0958' }],
  addresses: [{ label: 'home', city: 'London', street: '12 St James’s Square' }],
}
const countess = {
  first_name: 'Augusta Ada',
  last_name: 'King',
  nickname: 'Countess',
  company: 'Babbage & Sons',
  job_title: 'Programmer',
  birthday: '1815-12-10',
  additional_data: 'Likes horses.',
  emails: [{ value: 'ada@example.org' }, { label: 'home', value: 'king@example.org' }],
  phones: [{ label: 'mobile', value: '+44 20 7946 0958' }],
  addresses: [{ city: 'london', street: '12 st james’s square', postal_code: 'SW1Y 4JH' }],
  links: [{ value: 'https://ada.example.org' }],
}

/** Somebody whose book has Ada under both names. */
async function bookWithBoth() {
  const owner = await signUp(server)
  const ids = [await addContact(owner, ada), await addContact(owner, countess)] as const
  return { owner, ids }
}

describe('merged contacts', () => {
  it('are one that says all that they said, and nothing twice', async () => {
    const owner = await signUp(server)
    const labels = [await addLabel(owner, 'Friends'), await addLabel(owner, 'London')]
    const into = await createContact(owner, { ...ada, label_ids: labels.slice(0, 1) })
    const other = await createContact(owner, { ...countess, label_ids: labels })
    const { contact, merge_id } = await merge(owner, [into.id, other.id])

    assert.deepEqual(contact, {
      ...into,
      revision: contact.revision,
      updated_at: contact.updated_at,
      nickname: 'Countess',
      email: 'ada@example.org',
      phone: '+44 20 7946 0958',
      birthday: '1815-12-10',
      additional_data: 'Wrote the first program.\n\nLikes horses.',
      emails: [
        { label: 'work', value: 'ada@example.org' },
        { label: 'home', value: 'king@example.org' },
      ],
      phones: [{ label: 'mobile', value: '+44 20 7946 0958' }],
      addresses: [{ ...into.addresses[0], ...countess.addresses[0], label: 'home' }],
      links: [{ label: null, value: 'https://ada.example.org' }],
      custom_fields: [
        { label: 'Other name', value: 'Augusta Ada King' },
        { label: 'Other company', value: 'Babbage & Sons' },
        { label: 'Other job title', value: 'Programmer' },
      ],
      label_ids: labels,
    })
    assert.deepEqual(await readContact(owner, into.id), contact)
    assert.match(merge_id, /^[\da-f-]{36}$/)
    assert.notEqual(contact.revision, into.revision)
  })

  it('go to the trash, but for the one that stays', async () => {
    const owner = await signUp(server)
    const [into, one, other] = [
      await addContact(owner, { first_name: 'Ada' }),
      await addContact(owner, { first_name: 'ADA', phone: '1' }),
      await addContact(owner, { nickname: 'Countess' }),
    ]
    const changes = await readJson<{ next: string }>(owner, '/api/changes')
    await merge(owner, [into, one, other])
    const trashed = (await trashOf(owner)).map(({ id, merged_into }) => [id, merged_into])
    assert.deepEqual(trashed, [
      [other, into],
      [one, into],
    ])
    assert.deepEqual(
      (await contactsOf(owner)).map(({ id }) => id),
      [into],
    )
    expectProblem(await owner.get(`/api/contacts/${one}`), 404, 'not_found')
    const since = await readJson<{ removed: string[]; contacts: { id: string }[] }>(
      owner,
      `/api/changes?since=${changes.next}`,
    )
    assert.deepEqual(since.removed, [one, other])
    assert.deepEqual(
      since.contacts.map(({ id }) => id),
      [into],
    )
  })

  it('keep the merge in their history, both ways', async () => {
    const { owner, ids } = await bookWithBoth()
    const { merge_id } = await merge(owner, ids)
    const [last, first] = await historyOf(owner, ids[0])
    assert.deepEqual([last?.operation, last?.via, first?.operation], ['merged', 'api', 'created'])
    assert.equal(first?.contact.emails.length, 1)
    await undo(owner, merge_id)
    const operations = async (id: string) =>
      (await historyOf(owner, id)).map(({ operation }) => operation)
    assert.deepEqual(await operations(ids[0]), ['merge_undone', 'merged', 'created'])
    assert.deepEqual(await operations(ids[1]), ['merge_undone', 'merged_into', 'created'])
  })

  it('take over the lines of cards that only a phone knows, each group under a name of its own', async () => {
    const owner = await signUp(server)
    const into = await addCard(
      server,
      owner,
      cardWith(
        '3.0',
        'N:Hopper;Grace;;;',
        'FN:Grace Hopper',
        'item1.EMAIL;type=pref:grace@example.org',
        'item1.X-ABLabel:Bridge',
        'X-OWN:stays',
        'UID:own',
      ),
    )
    const other = await addCard(server, owner, phoneCard)
    const before = (await cardOf(server, into)) ?? ''
    await merge(owner, [into, other])
    const { gone, come } = changedLines(before, (await cardOf(server, into)) ?? '')
    assert.deepEqual(gone, ['N:Hopper;Grace;;;', 'FN:Grace Hopper'])
    assert.deepEqual(come, [
      'N:Hopper;Grace;Brewster;Rear Admiral;',
      'FN:Rear Admiral Grace Brewster Hopper',
      'EMAIL;type=INTERNET;type=WORK:hopper@navy.example',
      'TEL;type=CELL;type=VOICE:+1 (703) 555-0100',
      'TEL;type=HOME;type=VOICE:+1 (703) 555-0199',
      'item2.ADR;type=HOME:;;1 Harbor Rd;Arlington;VA;22201;United States',
      'item2.X-ABADR:us',
      'item3.X-ABDATE:1930-06-15',
      'item3.X-ABLabel:_$!<Anniversary>!$_',
      'X-SOCIALPROFILE;type=twitter;x-user=grace:http://twitter.com/grace',
      'X-UNHEARD-OF;x-level=9:keep me\\, please',
      'TITLE:Programmer',
      'NICKNAME:Amazing Grace',
      'ORG:US Navy;Computation',
      'BDAY;X-APPLE-OMIT-YEAR=1604:1604-12-09',
      'NOTE:Found the first bug.\\nIt was a moth.',
    ])
  })

  it('get the values that are chosen, and keep the ones that they take the place of', async () => {
    const { owner, ids } = await bookWithBoth()
    const fields = { first_name: 'Augusta Ada', last_name: 'King', phones: [], nickname: null }
    const { contact } = await merge(owner, ids, { fields })
    assert.deepEqual(
      [contact.first_name, contact.last_name, contact.phones, contact.nickname],
      ['Augusta Ada', 'King', [], null],
    )
    const names = contact.custom_fields.filter(({ label }) => label === 'Other name')
    assert.deepEqual(names, [{ label: 'Other name', value: 'Ada Lovelace' }])
  })

  it('are shown before they are merged, and nothing is written', async () => {
    const owner = await signUp(server)
    const card = await addCard(server, owner, phoneCard)
    const ids = [await addContact(owner, ada), card, await addContact(owner, countess)]
    const before = await storedBook(server, owner)
    const fields = { nickname: 'Ada' }
    const shown = await preview(owner, ids, { fields })
    assert.deepEqual(await storedBook(server, owner), before)
    assert.deepEqual(await mergesOf(owner), [])
    const { contact } = await merge(owner, ids, { fields })
    const { revision, updated_at } = contact
    assert.deepEqual({ ...shown, revision, updated_at }, contact)
  })

  it('have the photo of the one that stays, or else the first of another one', async () => {
    const owner = await signUp(server)
    const photoOf = (octets: string) => `PHOTO;ENCODING=b;TYPE=PNG:iVBORw0KGgo${octets}`
    const cards = [
      await addCard(server, owner, cardWith('3.0', 'FN:Ada')),
      await addCard(server, owner, cardWith('3.0', 'FN:Ada', photoOf('AAAA='))),
      await addCard(server, owner, cardWith('3.0', 'FN:Ada', photoOf('BBBB='))),
    ]
    const photos = await Promise.all(
      cards.slice(1).map(async (id) => (await readContact(owner, id)).photo?.split('=')[1]),
    )
    const shown = await preview(owner, cards)
    assert.equal(shown.photo, (await readContact(owner, cards[1] ?? '')).photo)
    const { contact } = await merge(owner, cards)
    assert.equal(contact.photo?.split('=')[1], photos[0])
    const again = await addCard(server, owner, cardWith('3.0', 'FN:Ada', photoOf('CCCC=')))
    const { contact: second } = await merge(owner, [contact.id, again])
    assert.equal(second.photo, contact.photo)
  })

  it('are not brought back by the file that they came from', async () => {
    const owner = await signUp(server)
    const file = ['one', 'two', 'three']
      .map((uid) => cardWith('3.0', `UID:${uid}`, `FN:Ada ${uid}`, 'EMAIL:ada@example.org'))
      .join('')
    await imported(owner, file)
    const ids = (await contactsOf(owner)).map(({ id }) => id)
    const { merge_id } = await merge(owner, ids)
    const again = await imported(owner, file)
    assert.deepEqual(countsOf(again), { created: 0, updated: 0, same: 3, failed: 0 })
    await undo(owner, merge_id)
    const third = await imported(owner, file)
    assert.deepEqual(countsOf(third), { created: 0, updated: 0, same: 3, failed: 0 })
    assert.equal((await contactsOf(owner)).length, 3)
  })

  it('keep the labels of groups that name them', async () => {
    const owner = await signUp(server)
    const member = (uid: string) => cardWith('3.0', `UID:${uid}`, `FN:Ada ${uid}`)
    const group = cardWith(
      '3.0',
      'UID:group',
      'FN:Friends',
      'N:Friends',
      'X-ADDRESSBOOKSERVER-KIND:group',
      'X-ADDRESSBOOKSERVER-MEMBER:urn:uuid:two',
    )
    await imported(owner, member('one') + member('two') + group)
    const [one, two] = await contactsOf(owner)
    const before = (await owner.get('/api/export')).body
    const { contact, merge_id } = await merge(owner, [one?.id ?? '', two?.id ?? ''])
    assert.deepEqual(contact.label_ids, two?.label_ids)
    assert.match((await owner.get('/api/export')).body, /CATEGORIES:Friends/)
    await undo(owner, merge_id)
    assert.equal((await owner.get('/api/export')).body, before)
  })
})

describe('a merge', () => {
  it('is refused where a contact is not there, not one’s own, or in the trash', async () => {
    const [owner, other] = [await signUp(server), await signUp(server)]
    const own = await addContact(owner, ada)
    const trashed = await addContact(owner, ada)
    await owner.delete(`/api/contacts/${trashed}`)
    const foreign = await addContact(other, ada)
    const before = await storedBook(server, other)
    for (const id of [randomUUID(), foreign, trashed]) {
      for (const [into, one] of [
        [own, id],
        [id, own],
      ]) {
        for (const query of ['', '?dry_run=true']) {
          const answer = await owner.post(`/api/contacts/merge${query}`, { into, ids: [one] })
          expectProblem(answer, 404, 'not_found')
          assert.equal(answer.json().detail, `There is no contact ${id}.`)
        }
      }
    }
    assert.deepEqual(await storedBook(server, other), before)
  })

  it('is refused where contacts are named twice, too many, or none', async () => {
    const owner = await signUp(server)
    const [one, two] = [await addContact(owner, ada), await addContact(owner, ada)]
    const send = (payload: object) => owner.post('/api/contacts/merge', payload)
    expectRefused(await send({ into: one, ids: [two, one.toUpperCase()] }), '/ids/1')
    expectRefused(await send({ into: one, ids: [two, two] }), '/ids/1')
    expectRefused(await send({ into: one, ids: [] }), '/ids')
    expectRefused(await send({ into: one, ids: Array(21).fill(two) }), '/ids')
    expectRefused(await send({ into: one }), '/ids')
    expectRefused(await send({ into: one, ids: [two], also: 1 }), '/also')
    const nobody = randomUUID()
    const if_revisions = { [nobody]: 'm1' }
    expectRefused(await send({ into: one, ids: [two], if_revisions }), `/if_revisions/${nobody}`)
    const fields = { emails: [{ value: 'nobody' }] }
    expectRefused(await send({ into: one, ids: [two], fields }), '/fields/emails/0/value')
    const label_ids = [randomUUID()]
    expectRefused(
      await send({ into: one, ids: [two], fields: { label_ids } }),
      '/fields/label_ids/0',
    )
    expectRefused(await send({ into: one, ids: [two], fields: { photo: 'x' } }), '/fields/photo')
  })

  it('is refused where a contact has another revision than its sender has seen', async () => {
    const owner = await signUp(server)
    const [into, one] = [await createContact(owner, ada), await createContact(owner, countess)]
    const seen = { [into.id]: into.revision, [one.id.toUpperCase()]: one.revision }
    await owner.patch(`/api/contacts/${one.id}`, { nickname: 'Changed' })
    const body = { into: into.id, ids: [one.id], if_revisions: seen }
    const answer = await owner.post('/api/contacts/merge', body)
    expectProblem(answer, 412, 'stale')
    assert.match(answer.json().detail, new RegExp(one.id))
    const { revision } = await readContact(owner, one.id)
    await merge(owner, [into.id, one.id], { if_revisions: { [one.id]: revision } })
  })

  it('is refused where a field has no room for all, and nothing is lost', async () => {
    const owner = await signUp(server)
    const many = (count: number, from: number) =>
      Array.from({ length: count }, (_, at) => ({ value: `a${from + at}@example.org` }))
    const refused = async (one: object, other: object, pointer: string) => {
      const ids = [await addContact(owner, one), await addContact(owner, other)] as const
      const before = await storedBook(server, owner)
      const body = { into: ids[0], ids: [ids[1]] }
      for (const query of ['', '?dry_run=true']) {
        expectRefused(await owner.post(`/api/contacts/merge${query}`, body), pointer)
      }
      assert.deepEqual(await storedBook(server, owner), before)
      return ids
    }
    const ids = await refused({ emails: many(60, 0) }, { emails: many(60, 50) }, '/fields/emails')
    const { contact } = await merge(owner, ids, { fields: { emails: many(100, 0) } })
    assert.equal(contact.emails.length, 100)
    const note = (letter: string) => ({ first_name: 'Ada', additional_data: letter.repeat(6_000) })
    await refused(note('a'), note('b'), '/fields/additional_data')
    const labels = (letter: string) =>
      Promise.all(Array.from({ length: 60 }, (_, at) => addLabel(owner, `${letter}${at}`)))
    await refused(
      { phone: '1', label_ids: await labels('a') },
      { phone: '2', label_ids: await labels('b') },
      '/fields/label_ids',
    )
    const long = (letter: string) => ({
      first_name: 'Ada',
      custom_fields: Array.from({ length: 5 }, (_, at) => ({
        label: `${letter}${at}`,
        value: letter.repeat(9_000),
      })),
    })
    await refused(long('a'), long('b'), '/fields/custom_fields')
  })

  it('is refused where the card has no room for all', async () => {
    const owner = await signUp(server)
    const large = (name: string) => cardWith('3.0', 'FN:Ada', `${name}:${'a'.repeat(600_000)}`)
    const ids = [
      await addCard(server, owner, large('X-ONE')),
      await addCard(server, owner, large('X-TWO')),
    ]
    const before = await storedBook(server, owner)
    const answer = await owner.post('/api/contacts/merge', { into: ids[0], ids: ids.slice(1) })
    expectProblem(answer, 413, 'card_too_large')
    assert.deepEqual(await storedBook(server, owner), before)
  })

  it('that is sent again under its key is done once', async () => {
    const { owner, ids } = await bookWithBoth()
    const [into, one] = ids
    const send = (body: object) =>
      owner.post('/api/contacts/merge', body, { 'idempotency-key': 'the same' })
    const answers = await Promise.all([1, 2, 3].map(() => send({ into, ids: [one] })))
    for (const answer of answers) expectStatus(answer, 200)
    assert.equal(new Set(answers.map(({ body }) => body)).size, 1)
    assert.equal((await mergesOf(owner)).length, 1)
    const reused = await send({ into, ids: [one], fields: {} })
    expectProblem(reused, 422, 'idempotency_key_reused')
  })

  it('wins or finds its contacts gone, when several want the same ones', async () => {
    const owner = await signUp(server)
    const ids = await Promise.all([1, 2, 3, 4].map((at) => addContact(owner, { phone: `${at}` })))
    const [a, b, c, d] = ids
    const wishes = [
      [a, b],
      [b, a],
      [b, c, d],
      [d, c, b],
      [c, a],
    ]
    const answers = await Promise.all(
      wishes.map(([into, ...others]) => owner.post('/api/contacts/merge', { into, ids: others })),
    )
    const done = answers.filter(({ statusCode }) => statusCode === 200)
    assert.ok(done.length > 0)
    for (const answer of answers) assert.ok([200, 404].includes(answer.statusCode), answer.body)
    const left = await contactsOf(owner)
    assert.equal(left.length + (await trashOf(owner)).length, 4)
    const phones = left.flatMap((contact) => contact.phones.map(({ value }) => value))
    assert.deepEqual(phones.toSorted(), ['1', '2', '3', '4'])
  })
})

describe('the list of merges', () => {
  it('names what was merged, the latest first, and whether it can be undone', async () => {
    const { owner, ids } = await bookWithBoth()
    const before = Date.now()
    const first = await merge(owner, ids)
    const second = await merge(owner, [
      await addContact(owner, { nickname: 'Grace' }),
      await addContact(owner, { email: 'grace@example.org' }),
      await addContact(owner, { company: 'Navy' }),
    ])
    await undo(owner, first.merge_id)
    await owner.patch(`/api/contacts/${second.contact.id}`, { nickname: 'Amazing' })
    const [latest, earliest, ...others] = await mergesOf(owner)
    assert.deepEqual(others, [])
    assert.deepEqual(
      [latest?.merge_id, latest?.contact.id, latest?.can_undo, latest?.changed_since],
      [second.merge_id, second.contact.id, true, true],
    )
    assert.deepEqual(
      latest?.merged.map(({ name }) => name),
      ['grace@example.org', 'Navy'],
    )
    assert.deepEqual(
      [earliest?.contact.name, earliest?.merged[0]?.name, earliest?.can_undo],
      ['Ada Lovelace', 'Augusta Ada King', false],
    )
    expectTimeSince(before, latest?.merged_at ?? '')
    expectTimeSince(before, earliest?.undone_at ?? '')
  })

  it('comes in pages, and ends after 30 days', async () => {
    const owner = await signUp(server)
    for (const at of [1, 2, 3]) {
      const contact = () => addContact(owner, { phone: `${at}` })
      await merge(owner, [await contact(), await contact()])
    }
    const seen: string[] = []
    for (let url: string | undefined = '/api/merges?limit=2'; url;) {
      const answer = await owner.get(url)
      expectStatus(answer, 200)
      assert.equal(answer.headers['x-total-count'], '3')
      seen.push(...answer.json().map(({ merge_id }: MergeAnswer) => merge_id))
      url = /<(.+?)>/.exec(String(answer.headers.link ?? ''))?.[1]
    }
    assert.equal(new Set(seen).size, 3)
    assert.deepEqual(
      seen,
      (await mergesOf(owner)).map(({ merge_id }) => merge_id),
    )

    const [old] = seen
    await pool.query(
      `update merges set created_at = now() - interval '30 days 1 second' where id = $1`,
      [old],
    )
    assert.equal((await mergesOf(owner)).length, 2)
    expectProblem(await owner.post(`/api/merges/${old}/undo`), 404, 'not_found')
    await removeExpired(server.services.database)
    const { rows } = await pool.query('select id from merges where owner_id = $1', [
      await idOf(owner),
    ])
    assert.equal(rows.length, 2)
    expectRefused(await owner.get('/api/merges?after=x'), '/after')
  })
})
