import assert from 'node:assert/strict'
import { after, describe, it } from 'node:test'
import { addContact } from '../../test/contacts.ts'
import { imported } from '../../test/imports.ts'
import { expectStatus, readJson, signUp, type Person } from '../../test/people.ts'
import { expectProblem, expectRefused } from '../../test/problems.ts'
import { startServer } from '../../test/server.ts'
import type { DuplicateGroup, Duplicates } from './schema.ts'

const server = await startServer()
after(() => server[Symbol.asyncDispose]())
const path = '/api/duplicates'

const onePixel =
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=='
// As many as a contact may have in one list.
const mostInList = 100
const ann = { first_name: 'Ann', last_name: 'Test', phone: '+49 151 5550101' }

function duplicatesOf(owner: Person, query = '') {
  return readJson<Duplicates>(owner, path + query)
}

async function groupsOf(owner: Person, query = ''): Promise<DuplicateGroup[]> {
  return (await duplicatesOf(owner, query)).groups
}

function idsOf({ contacts }: DuplicateGroup): string[] {
  return contacts.map(({ id }) => id)
}

/** The ids of each group, in their order. */
async function idsIn(owner: Person, query = ''): Promise<string[][]> {
  return (await groupsOf(owner, query)).map((group) => idsOf(group).toSorted())
}

async function dismiss(owner: Person, id: string | undefined) {
  expectStatus(await owner.post(`${path}/${id}/dismiss`), 204)
}

describe('duplicates', () => {
  it('are shown with what speaks for them, and what they would become', async () => {
    const ada = await signUp(server)
    const first = await addContact(ada, { ...ann, emails: [{ value: 'Ann@Example.org' }] })
    const second = await addContact(ada, {
      first_name: 'Ann',
      last_name: 'Test',
      phone: '0049 151-555 01 01',
      emails: [{ value: 'ann@example.org' }, { value: 'test@example.org' }],
    })
    await addContact(ada, { first_name: 'Bo' })
    const { groups, ...rest } = await duplicatesOf(ada)
    assert.deepEqual(rest, { total: 1, after: null })
    const [group] = groups
    assert.ok(group)
    assert.match(group.id, /^[0-9a-f-]{36}$/)
    assert.ok(group.score > 0.95 && group.score <= 1, `${group.score}`)
    assert.deepEqual(idsOf(group), [first, second])
    assert.deepEqual(group.contacts[0], await readJson(ada, `/api/contacts/${first}`))
    const contacts = [first, second]
    assert.deepEqual(group.reasons, [
      { kind: 'email', value: 'ann@example.org', contacts },
      { kind: 'phone', value: '+491515550101', contacts },
      { kind: 'name', value: 'Ann Test', contacts },
    ])
    assert.equal(group.suggested.id, second)
    assert.deepEqual(
      group.suggested.emails.map(({ value }) => value.toLowerCase()),
      ['ann@example.org', 'test@example.org'],
    )
  })

  it('of a newer export of the same phone are offered', async () => {
    const ada = await signUp(server)
    const card = (...lines: string[]) =>
      [
        'BEGIN:VCARD',
        'VERSION:2.1',
        'N:Test;Ann;;;',
        'FN:Ann Test',
        ...lines,
        'END:VCARD',
        '',
      ].join('\r\n')
    await imported(ada, card('TEL;CELL:111'))
    await imported(ada, card('TEL;CELL:111', 'TEL;HOME:222'))
    const [group] = await groupsOf(ada)
    assert.deepEqual(
      group?.suggested.phones.map(({ value }) => value),
      ['111', '222'],
    )
  })

  it('suggest what their merge would make, also of what only a card says', async () => {
    const ada = await signUp(server)
    const cards = ['Ann Test', 'Dr. Ann Test, Anna'].map((name, at) =>
      [
        'BEGIN:VCARD',
        'VERSION:4.0',
        'N:Test;Ann;;;',
        `FN:${name}`,
        `UID:urn:uuid:3c4ecf38-0000-4000-8000-00000000000${at}`,
        'EMAIL:ann@example.org',
        `ORG:First ${at}`,
        `ORG:Second ${at}`,
        `TITLE:Boss ${at}`,
        `TITLE:Friend ${at}`,
        `X-ODD:odd ${at}`,
        `CATEGORIES:Label ${at}`,
        ...(at === 1 ? [`PHOTO:data:image/png;base64,${onePixel}`, 'TEL:+49 151 5550101'] : []),
        'END:VCARD',
        '',
      ].join('\r\n'),
    )
    for (const card of cards) await imported(ada, card)
    await addContact(ada, { first_name: 'Ann', last_name: 'Test', email: 'Ann@example.org' })
    const [group] = await groupsOf(ada)
    assert.equal(group?.contacts.length, 3)
    const { id } = group.suggested
    const ids = idsOf(group).filter((one) => one !== id)
    const preview = await ada.post('/api/contacts/merge?dry_run=true', { into: id, ids })
    expectStatus(preview, 200)
    const ignored = { revision: null, updated_at: null }
    const { contact } = preview.json<{ contact: object }>()
    assert.deepEqual({ ...group.suggested, ...ignored }, { ...contact, ...ignored })
    const texts = group.suggested.custom_fields.map(({ value }) => value)
    assert.ok(texts.includes('Second 0') || texts.includes('Second 1'), texts.join())
    assert.equal(group.suggested.label_ids.length, 2)
  })

  it('suggest even what is too much for one contact, and say why it would be refused', async () => {
    const ada = await signUp(server)
    const emails = (from: number) =>
      Array.from({ length: mostInList }, (_, at) => ({ value: `ann${from + at}@example.org` }))
    const into = await addContact(ada, { ...ann, emails: emails(0) })
    const other = await addContact(ada, { ...ann, emails: emails(mostInList) })
    const merge = await ada.post('/api/contacts/merge?dry_run=true', { into, ids: [other] })
    expectRefused(merge, '/fields/emails')
    const [group] = await groupsOf(ada)
    assert.equal(group?.suggested.emails.length, 2 * mostInList)
    const { code, detail, errors } = merge.json<object & DuplicateGroup['refusal']>() ?? {}
    assert.deepEqual(group.refusal, { code, detail, errors })
  })

  it('name companies and addresses as they are written', async () => {
    const ada = await signUp(server)
    const street = { street: '12 Quay St.', city: 'Bristol' }
    await addContact(ada, {
      ...ann,
      phone: null,
      company: 'Harbour-Glass Ltd.',
      addresses: [{ street: '12, Quay Street' }],
    })
    await addContact(ada, { ...ann, phone: null, company: 'harbour glass', addresses: [street] })
    const [group] = await groupsOf(ada)
    assert.equal(group?.refusal, null)
    assert.deepEqual(
      group.reasons.map(({ kind, value }) => [kind, value]),
      [
        ['name', 'Ann Test'],
        ['company', 'Harbour-Glass Ltd.'],
        ['address', '12 Quay St., Bristol'],
      ],
    )
  })

  it('are found by the last of as many e-mail addresses or numbers as a contact may have', async () => {
    const ada = await signUp(server)
    const ids = (prefix: string) => Array.from({ length: mostInList }, (_, at) => `${prefix}${at}`)
    const emails = ids('ann').map((name) => ({ value: `${name}@example.org` }))
    const phones = ids('+49 30 5550').map((value) => ({ value: `${value}00` }))
    const first = await addContact(ada, { ...ann, emails, phone: undefined, phones })
    const second = await addContact(ada, { first_name: 'Ann', emails: emails.slice(-1) })
    assert.deepEqual(await idsIn(ada), [[first, second].toSorted()])
    expectStatus(await ada.delete(`/api/contacts/${second}`), 204)
    const third = await addContact(ada, { first_name: 'Ann', phones: phones.slice(-1) })
    assert.deepEqual(await idsIn(ada), [[first, third].toSorted()])
  })

  it('are none by the name alone, nor by what many have', async () => {
    const ada = await signUp(server)
    for (let count = 0; count < 3; count++)
      await addContact(ada, { first_name: 'Ann', last_name: 'Test' })
    for (const name of ['Bo', 'Cy', 'Di', 'Ed', 'Flo', 'Guy', 'Hal']) {
      await addContact(ada, { first_name: name, phone: '+49 30 111111', email: 'info@example.org' })
    }
    assert.deepEqual(await duplicatesOf(ada), { groups: [], total: 0, after: null })
  })

  it('are none while an account is empty', async () => {
    assert.deepEqual(await duplicatesOf(await signUp(server)), {
      groups: [],
      total: 0,
      after: null,
    })
  })

  it('come page by page, the best first', async () => {
    const ada = await signUp(server)
    for (let number = 0; number < 5; number++) {
      const email = `${number}@example.org`
      const birthday = number % 2 ? '1990-05-05' : undefined
      for (let copy = 0; copy < 2; copy++)
        await addContact(ada, { first_name: 'Ann', email, birthday })
    }
    const whole = await duplicatesOf(ada)
    assert.deepEqual([whole.groups.length, whole.total, whole.after], [5, 5, null])
    const scores = whole.groups.map(({ score }) => score)
    assert.deepEqual(
      scores,
      scores.toSorted((one, other) => other - one),
    )
    assert.ok(new Set(scores).size > 1)
    const seen: DuplicateGroup[] = []
    let after: string | null = ''
    while (after !== null) {
      const query: string = after && `&after=${after}`
      const page: Duplicates = await duplicatesOf(ada, `?limit=2${query}`)
      assert.ok(page.groups.length <= 2 && page.total === 5)
      seen.push(...page.groups)
      after = page.after
    }
    assert.deepEqual(seen, whole.groups)
  })

  it('refuse what is no cursor of the list, and wrong limits', async () => {
    const ada = await signUp(server)
    for (const [query, pointer] of [
      ['after=x', '/after'],
      [`after=${Buffer.from('["dismissed","1","x"]').toString('base64url')}`, '/after'],
      ['limit=0', '/limit'],
      ['limit=101', '/limit'],
      ['dismissed=perhaps', '/dismissed'],
    ]) {
      expectRefused(await ada.get(`${path}?${query}`), pointer ?? '')
    }
  })

  it('are found once by several who ask at the same time', async () => {
    const ada = await signUp(server)
    const rows = Array.from(
      { length: 300 },
      (_, row) => `Ann,Test${row % 150},t${row % 150}@example.org`,
    )
    await imported(ada, `First Name,Last Name,E-mail\r\n${rows.join('\r\n')}\r\n`, {
      name: 'a.csv',
    })
    const answers = await Promise.all(Array.from({ length: 6 }, () => duplicatesOf(ada)))
    for (const answer of answers) assert.deepEqual(answer, answers[0])
    assert.equal(answers[0]?.total, (await duplicatesOf(ada)).total)
  })
})

describe('the first look at a large book', () => {
  it('lets PostgreSQL know how much was derived, which plans for an empty table until then', async () => {
    const { pool } = server.services.database
    const ada = await signUp(server)
    const rows = Array.from({ length: 2_100 }, (_, row) => `Ann,Test,t${row}@example.org`)
    await imported(ada, `First Name,Last Name,E-mail\r\n${rows.join('\r\n')}\r\n`, {
      name: 'a.csv',
    })
    await pool.query('analyze duplicate_keys')
    await duplicatesOf(ada)
    const known = await pool.query(
      `select reltuples from pg_class where oid = 'duplicate_keys'::regclass`,
    )
    assert.ok(known.rows[0].reltuples >= 2_000)
  })
})

describe('duplicates after a change', () => {
  it('follow contacts that come, change, go, come back, and go for good', async () => {
    const ada = await signUp(server)
    assert.deepEqual(await idsIn(ada), [])
    const [first, second] = [await addContact(ada, ann), await addContact(ada, ann)]
    const both = [[first, second].toSorted()]
    assert.deepEqual(await idsIn(ada), both)
    const other = { first_name: 'Bo', last_name: 'Other' }
    expectStatus(await ada.patch(`/api/contacts/${second}`, other), 200)
    assert.deepEqual(await idsIn(ada), [])
    expectStatus(
      await ada.patch(`/api/contacts/${second}`, { first_name: 'Ann', last_name: 'Test' }),
      200,
    )
    assert.deepEqual(await idsIn(ada), both)
    expectStatus(await ada.delete(`/api/contacts/${second}`), 204)
    assert.deepEqual(await idsIn(ada), [])
    expectStatus(await ada.post(`/api/trash/${second}/restore`), 200)
    assert.deepEqual(await idsIn(ada), both)
    expectStatus(await ada.delete(`/api/contacts/${second}`), 204)
    expectStatus(await ada.delete(`/api/trash/${second}`), 204)
    assert.deepEqual(await idsIn(ada), [])
  })

  it('have the same id while the same contacts are in the group, and another one when it grows', async () => {
    const ada = await signUp(server)
    const [first, second] = [await addContact(ada, ann), await addContact(ada, ann)]
    const [before] = await groupsOf(ada)
    await ada.patch(`/api/contacts/${first}`, { nickname: 'Annie' })
    const [same] = await groupsOf(ada)
    assert.equal(same?.id, before?.id)
    const third = await addContact(ada, ann)
    const groups = await groupsOf(ada)
    assert.deepEqual(groups.map(idsOf), [[first, second, third]])
    assert.notEqual(groups[0]?.id, before?.id)
  })

  it('follow a number that many have by now, and that few have again', async () => {
    const ada = await signUp(server)
    const phone = '+49 30 7777777'
    await addContact(ada, { first_name: 'Ann', phone })
    await addContact(ada, { first_name: 'Ann', phone })
    assert.equal((await groupsOf(ada)).length, 1)
    const others: string[] = []
    for (const name of ['Bo', 'Cy', 'Di', 'Ed']) {
      others.push(await addContact(ada, { first_name: name, last_name: 'Other', phone }))
    }
    assert.deepEqual(await groupsOf(ada), [])
    await ada.delete(`/api/contacts/${others[0]}`)
    assert.equal((await groupsOf(ada)).length, 1)
  })

  it('join no strangers by a third one', async () => {
    const ada = await signUp(server)
    const email = 'family@example.org'
    const one = await addContact(ada, {
      first_name: 'Ann',
      last_name: 'Test',
      email,
      birthday: '1950-01-02',
    })
    await addContact(ada, { first_name: 'Ann', last_name: 'Test', email, birthday: '1980-03-04' })
    const bare = await addContact(ada, { last_name: null, first_name: 'Ann', email })
    const ids = await idsIn(ada)
    assert.equal(ids.length, 1)
    assert.equal(ids[0]?.length, 2)
    assert.ok(ids[0]?.includes(bare), `with ${one}`)
  })
})

describe('duplicates that are dismissed', () => {
  it('are shown no more, but where that is asked for, until it is taken back', async () => {
    const ada = await signUp(server)
    const ids = [await addContact(ada, ann), await addContact(ada, ann)]
    const [group] = await groupsOf(ada)
    await dismiss(ada, group?.id)
    await dismiss(ada, group?.id)
    assert.deepEqual(await duplicatesOf(ada), { groups: [], total: 0, after: null })
    const dismissed = await duplicatesOf(ada, '?dismissed=true')
    assert.deepEqual(dismissed, { groups: [group], total: 1, after: null })
    await ada.patch(`/api/contacts/${ids[0]}`, { nickname: 'Annie' })
    assert.deepEqual(await groupsOf(ada), [])

    expectStatus(await ada.delete(`${path}/${group?.id}/dismiss`), 204)
    assert.deepEqual(await idsIn(ada), [ids.toSorted()])
    assert.deepEqual(await idsIn(ada, '?dismissed=true'), [])
    expectProblem(await ada.delete(`${path}/${group?.id}/dismiss`), 404, 'not_found')
  })

  it('stay apart when others come to them', async () => {
    const ada = await signUp(server)
    const [first, second] = [await addContact(ada, ann), await addContact(ada, ann)]
    await dismiss(ada, (await groupsOf(ada))[0]?.id)
    const third = await addContact(ada, ann)
    const groups = await idsIn(ada)
    assert.equal(groups.length, 1)
    assert.ok(groups[0]?.includes(third))
    assert.ok(!(groups[0]?.includes(first) && groups[0].includes(second)))
    await dismiss(ada, (await groupsOf(ada))[0]?.id)
    const [left] = await groupsOf(ada)
    assert.ok(left && idsOf(left).includes(third))
    await dismiss(ada, left.id)
    assert.deepEqual(await groupsOf(ada), [])
    const all = await duplicatesOf(ada, '?dismissed=true')
    assert.equal(all.total, 3)
    const pages = []
    let after: string | null = ''
    while (after !== null) {
      const query: string = after && `&after=${after}`
      const page: Duplicates = await duplicatesOf(ada, `?dismissed=true&limit=1${query}`)
      pages.push(...page.groups)
      after = page.after
    }
    assert.deepEqual(pages, all.groups)
  })

  it('are not shown when one of them is gone, and again when it is back', async () => {
    const ada = await signUp(server)
    const [first] = [await addContact(ada, ann), await addContact(ada, ann)]
    const [group] = await groupsOf(ada)
    await dismiss(ada, group?.id)
    await ada.delete(`/api/contacts/${first}`)
    assert.equal((await duplicatesOf(ada, '?dismissed=true')).total, 0)
    await ada.post(`/api/trash/${first}/restore`)
    assert.equal((await duplicatesOf(ada, '?dismissed=true')).total, 1)
    assert.deepEqual(await groupsOf(ada), [])
  })

  it('are not found where there is no such group', async () => {
    const ada = await signUp(server)
    await addContact(ada, ann)
    await addContact(ada, ann)
    const [group] = await groupsOf(ada)
    const eve = await signUp(server)
    for (const call of [
      await eve.post(`${path}/${group?.id}/dismiss`),
      await eve.delete(`${path}/${group?.id}/dismiss`),
      await ada.post(`${path}/00000000-0000-8000-8000-000000000000/dismiss`),
    ]) {
      expectProblem(call, 404, 'not_found')
    }
    assert.deepEqual(await groupsOf(ada), [group])
    // It has another member by now.
    await addContact(ada, ann)
    await groupsOf(ada)
    expectProblem(await ada.post(`${path}/${group?.id}/dismiss`), 404, 'not_found')
  })
})
