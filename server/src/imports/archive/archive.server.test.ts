import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { after, describe, it } from 'node:test'
import sharp from 'sharp'
import { contactsOf, createContact, historyOf, trashOf } from '../../../test/contacts.ts'
import { countsOf, entriesOf, finished, imported, importFile } from '../../../test/imports.ts'
import { createLabel, labelsOf } from '../../../test/labels.ts'
import { expectStatus, readJson, signUp, type Person } from '../../../test/people.ts'
import { expectProblem } from '../../../test/problems.ts'
import { startServer } from '../../../test/server.ts'
import { until } from '../../../test/until.ts'
import { unzip, zipOf } from '../../../test/zip.ts'
import type { ContactAnswer } from '../../contacts/schema.ts'
import type { Import } from '../schema.ts'

const server = await startServer()
after(() => server[Symbol.asyncDispose]())

const preferences = '/api/users/me/preferences'

const noise = { width: 64, height: 64, noise: { type: 'gaussian', mean: 128, sigma: 60 } } as const
const picture = await sharp({ create: { ...noise, channels: 3, background: 'red' } })
  .png()
  .toBuffer()

const cards = [
  'begin:vcard\nversion:3.0\nUID:odd\nFN:Odd \n One\nN:One;Odd\nitem1.TEL;x=y:1\n' +
    'item1.X-ABLabel:boat\nX-OWN;a=b:c\nCATEGORIES:Kin\nEND:VCARD\n',
  'BEGIN:VCARD\r\nVERSION:4.0\r\nUID:urn:uuid:4fbe8971-0bc3-424c-9c26-36c3e1eff6b1\r\nFN:Four\r\n' +
    'TEL;VALUE=uri:tel:+1\r\nEND:VCARD\r\n',
  'BEGIN:VCARD\r\nVERSION:2.1\r\nN;ENCODING=QUOTED-PRINTABLE;CHARSET=UTF-8:M=C3=BCller\r\nEND:VCARD\r\n',
  `BEGIN:VCARD\r\nVERSION:3.0\r\nFN:Flo Foto\r\nN:Foto;Flo;;;\r\nPHOTO;ENCODING=b;TYPE=PNG:${picture.toString('base64')}\r\nEND:VCARD\r\n`,
  'BEGIN:VCARD\r\nVERSION:3.0\r\nUID:gone\r\nFN:Gone\r\nN:;Gone;;;\r\nCATEGORIES:Left\r\nEND:VCARD\r\n',
  'BEGIN:VCARD\r\nVERSION:3.0\r\nUID:crew\r\nX-ADDRESSBOOKSERVER-KIND:group\r\nFN:Crew\r\nN:Crew\r\n' +
    'X-ADDRESSBOOKSERVER-MEMBER:urn:uuid:odd\r\nEND:VCARD\r\n',
].join('')

/** Somebody with a bit of everything that an account may hold. */
async function withEverything(): Promise<Person> {
  const owner = await signUp(server)
  const navy = await createLabel(owner, 'Navy ::: blue', '#000080')
  await createLabel(owner, 'Empty', '#ff0000')
  const lost = await createLabel(owner, 'Lost', '#00ff00')
  await imported(owner, cards)
  const { id } = await createContact(owner, {
    prefix: 'Dr.',
    first_name: '=1+1',
    last_name: 'O"Brien, Jr.',
    birthday: '--02-29',
    additional_data: `${'long '.repeat(1_900)}\n\u2028"\\ 💪`,
    emails: [{ label: 'work', value: 'a@example.org' }],
    phones: [
      { label: null, value: '+41 44 668 18 00' },
      { label: 'Own', value: '2' },
    ],
    addresses: [{ label: 'home', street: '1 Main St\n2nd line', city: 'Bern' }],
    messengers: [{ label: null, service: 'signal', value: '@x' }],
    custom_fields: [{ label: '@cmd', value: '-2' }],
    label_ids: [navy.id, lost.id],
  })
  await createContact(owner, { phone: '0555 0101' })
  await owner.patch(`/api/contacts/${id}`, { nickname: 'Jay' })
  expectStatus(await owner.delete(`/api/labels/${lost.id}`), 204)
  const contacts = await contactsOf(owner)
  const named = (name: string) => contacts.find((one) => one.first_name === name)?.id
  await owner.patch(`/api/contacts/${named('Odd')}`, { additional_data: 'Patched' })
  const crew = (await labelsOf(owner)).find(({ name }) => name === 'Crew')
  expectStatus(
    await owner.patch(`/api/labels/${crew?.id}`, { name: 'Crew 2', colour: '#123456' }),
    200,
  )
  expectStatus(await owner.delete(`/api/contacts/${named('Gone')}`), 204)
  return owner
}

type Archived = ContactAnswer & { uid: string; labels: string[]; card: string | null }
type Account = {
  labels: { id: string; name: string; colour: string | null; contacts: number }[]
  contacts: Archived[]
  groups: string[]
  trash: Archived[]
  history: {
    contact_id: string
    revision: number
    by: string
    at: string
    before: { label_ids?: string[]; ended_label?: object }
  }[]
}

async function filesOf(owner: Person) {
  const answer = await owner.get('/api/users/me/export')
  expectStatus(answer, 200)
  const files = await unzip(answer.rawPayload)
  return {
    zip: answer.rawPayload,
    files,
    account: JSON.parse(files.get('account.json') ?? '') as Account,
  }
}

/**
 * What two archives of the same account have in common: all but the ids of contacts, labels and users,
 * the numbers of revisions, and when labels were made.
 */
function comparable({ labels, contacts, groups, trash, history }: Account) {
  const names = new Map(labels.map(({ id, name }) => [id, name]))
  const uids = new Map([...contacts, ...trash].map(({ id, uid }) => [id, uid]))
  const plain = ({ id, revision: _revision, label_ids, photo, ...rest }: Archived) => {
    return {
      ...rest,
      label_ids: label_ids.map((one) => names.get(one)),
      photo: photo?.replace(id, ''),
    }
  }
  return {
    labels: labels.map(({ name, colour, contacts: count }) => [name, colour, count]),
    contacts: contacts.map(plain),
    groups,
    trash: trash.map(plain),
    history: history
      .map(({ contact_id, revision: _number, by: _by, before, ...rest }) => ({
        ...rest,
        uid: uids.get(contact_id),
        before: { ...before, label_ids: before.label_ids?.map((id) => names.get(id) ?? id) },
      }))
      .sort((a, b) => `${a.uid} ${a.at}`.localeCompare(`${b.uid} ${b.at}`)),
  }
}

/** What of a contact is the same in another account. */
function withoutNames(contact: Archived) {
  const { id: _id, revision: _revision, label_ids: _labels, photo: _photo, ...rest } = contact
  return rest
}

describe('the ZIP archive of an account', () => {
  it('makes the same account of an empty one', async () => {
    const ada = await withEverything()
    await ada.patch(preferences, { theme: 'dark' })
    const from = await filesOf(ada)
    const bob = await signUp(server)
    await bob.patch(preferences, { theme: 'light' })
    const done = await imported(bob, from.zip, { name: 'kith.zip' })
    assert.equal((await readJson<{ theme: string }>(bob, preferences)).theme, 'light')
    assert.deepEqual([done.state, done.format, done.reason], ['done', 'zip', null])
    assert.deepEqual(countsOf(done), { created: 7, updated: 0, same: 1, failed: 0 })
    const to = await filesOf(bob)
    assert.deepEqual(comparable(to.account), comparable(from.account))
    assert.equal(from.account.history.length, 6)
    assert.equal(to.files.get('contacts.vcf'), from.files.get('contacts.vcf'))
    assert.equal(to.files.get('contacts.csv'), from.files.get('contacts.csv'))
    const json = async (owner: Person) =>
      (await readJson<Archived[]>(owner, '/api/export?format=json')).map(withoutNames)
    assert.deepEqual(await json(bob), await json(ada))
  })

  it('brings history and trash that work as if all had happened here', async () => {
    const ada = await withEverything()
    const bob = await signUp(server)
    await imported(bob, (await filesOf(ada)).zip)
    const find = async (person: Person) =>
      (await contactsOf(person)).find((one) => one.first_name === '=1+1')?.id ?? ''
    const states = async (person: Person) =>
      (await historyOf(person, await find(person))).map(({ at, operation, contact }) => [
        at,
        operation,
        contact.nickname,
      ])
    assert.deepEqual(await states(bob), await states(ada))
    const id = await find(bob)
    const [, , creation] = await historyOf(bob, id)
    expectStatus(await bob.post(`/api/contacts/${id}/history/${creation?.revision}/restore`), 200)
    const names = (await labelsOf(bob)).map(({ name, colour }) => `${name} ${colour}`)
    assert.ok(names.includes('Lost #00ff00'))
    const [trashed] = await trashOf(bob)
    const back = await bob.post(`/api/trash/${trashed?.id}/restore`)
    expectStatus(back, 200)
    assert.equal(back.json().first_name, 'Gone')
  })

  it('changes nothing the second time, and where it came from', async () => {
    const ada = await withEverything()
    const { zip, account } = await filesOf(ada)
    const bob = await signUp(server)
    await imported(bob, zip)
    for (const person of [bob, ada]) {
      const again = await imported(person, zip)
      assert.deepEqual(countsOf(again), { created: 0, updated: 0, same: 8, failed: 0 })
    }
    assert.deepEqual(comparable((await filesOf(ada)).account), comparable(account))
    assert.deepEqual(comparable((await filesOf(bob)).account), comparable(account))
  })

  it('is shown in a preview, which writes nothing, and undone', async () => {
    const { zip } = await filesOf(await withEverything())
    const bob = await signUp(server)
    const preview = await imported(bob, zip, { dryRun: true })
    // The group is new as long as no contact has brought its label.
    assert.deepEqual(countsOf(preview), { created: 8, updated: 0, same: 0, failed: 0 })
    assert.deepEqual([await contactsOf(bob), await labelsOf(bob), await trashOf(bob)], [[], [], []])
    const done = await imported(bob, zip)
    expectStatus(await bob.delete(`/api/imports/${done.id}`), 202)
    await until('the import to be undone', async () => {
      return (await readJson<Import>(bob, `/api/imports/${done.id}`)).state === 'undone'
    })
    assert.deepEqual([await contactsOf(bob), await labelsOf(bob)], [[], []])
  })

  it('goes into a book that has contacts, and leaves its labels their colours', async () => {
    const { zip } = await filesOf(await withEverything())
    const bob = await signUp(server)
    await createLabel(bob, 'navy ::: BLUE', '#ffffff')
    await imported(bob, 'BEGIN:VCARD\r\nVERSION:3.0\r\nUID:odd\r\nFN:Other\r\nEND:VCARD\r\n')
    const done = await imported(bob, zip)
    assert.deepEqual([done.created, done.updated], [6, 1])
    const labels = (await labelsOf(bob)).map(({ name, colour }) => [name, colour])
    assert.deepEqual(labels, [
      ['Crew 2', '#123456'],
      ['Empty', '#ff0000'],
      ['Kin', null],
      ['Left', null],
      ['navy ::: BLUE', '#ffffff'],
    ])
    const odd = (await contactsOf(bob)).find(({ first_name }) => first_name === 'Odd')
    assert.equal((await historyOf(bob, odd?.id ?? '')).length, 2)
  })

  it('may be unpacked, packed again by somebody else, or hold its files as they are', async () => {
    const { files } = await filesOf(await withEverything())
    const account = files.get('account.json') ?? ''
    const packed = { 'account/account.json': account, '__MACOSX/account/._account.json': 'x' }
    for (const file of [
      account,
      await zipOf(packed),
      await zipOf({ 'account.json': account }, { compress: false }),
      await zipOf({ 'account.json': account }, { forceZip64Format: true }),
    ]) {
      const bob = await signUp(server)
      assert.equal((await imported(bob, file)).created, 7)
    }
  })
})

describe('a ZIP archive that is none of ours', () => {
  it('is refused, and says why', async () => {
    const owner = await signUp(server)
    const good = await zipOf({ 'account.json': '{"exported_at":"","contacts":[]}' })
    const patched = (at: number, from: number, change: (bytes: Buffer, at: number) => void) => {
      const bytes = Buffer.from(good)
      change(bytes, bytes.indexOf(Buffer.from([0x50, 0x4b, at, from])))
      return bytes
    }
    const encrypted = patched(1, 2, (bytes, at) => bytes.writeUInt16LE(1, at + 8))
    const bomb = patched(1, 2, (bytes, at) => bytes.writeUInt32LE(0xf0000000, at + 24))
    const evil = Buffer.from(
      good.toString('latin1').replaceAll('account.json', '../../ab.txt'),
      'latin1',
    )
    const files: [Buffer, number, string][] = [
      [await zipOf({ 'a.vcf': 'BEGIN:VCARD' }), 422, 'file_not_recognised'],
      [await zipOf({ '[Content_Types].xml': '' }), 422, 'file_not_recognised'],
      [await zipOf({ 'kith.zip': good }), 422, 'file_not_recognised'],
      [await zipOf({ 'account.json': good }), 422, 'file_not_recognised'],
      [await zipOf({ 'account.json': '[{"name": "Ada"}]' }), 422, 'file_not_recognised'],
      [await zipOf({ 'account.json': '{}', 'a/account.json': '{}' }), 422, 'file_not_recognised'],
      [encrypted, 422, 'file_encrypted'],
      [bomb, 413, 'too_large'],
      [evil, 422, 'file_damaged'],
      [good.subarray(0, -30), 422, 'file_damaged'],
      [good.subarray(0, 40), 422, 'file_damaged'],
    ]
    for (const [file, status, code] of files) {
      expectProblem(await importFile(owner, file, { name: 'kith.zip' }), status, code)
    }
    assert.deepEqual((await owner.get('/api/imports')).json(), [])
  })

  it('fails as a whole where its octets are not those that were packed', async () => {
    const owner = await signUp(server)
    const contacts = Array.from({ length: 2_000 }, () => ({ first_name: randomUUID() }))
    const text = JSON.stringify({ exported_at: '', contacts })
    const zip = await zipOf({ 'account.json': text }, { compress: false })
    zip[zip.indexOf('first_name', 70_000)] = 0x46
    const done = await imported(owner, zip)
    assert.deepEqual([done.state, done.created], ['failed', 0])
    assert.match(done.reason ?? '', /damaged/)
    assert.deepEqual(done.remarks, [{ code: 'file_damaged', detail: done.reason, values: {} }])
  })
})

describe('contacts exported as JSON', () => {
  it('come in whole, with cards, photos, times, and labels in their colours', async () => {
    const ada = await withEverything()
    const file = await ada.get('/api/export?format=json')
    const bob = await signUp(server)
    const done = await imported(bob, file.rawPayload, { name: 'kith.json' })
    assert.deepEqual([done.format, done.charset], ['json', null])
    assert.deepEqual(countsOf(done), { created: 6, updated: 0, same: 0, failed: 0 })
    const plain = (contacts: Archived[]) => contacts.map(withoutNames)
    const again = await readJson<Archived[]>(bob, '/api/export?format=json')
    assert.deepEqual(plain(again), plain(file.json<Archived[]>()))
    const labels = (await labelsOf(bob)).map(({ name, colour }) => [name, colour])
    assert.deepEqual(labels, [
      ['Crew 2', '#123456'],
      ['Kin', null],
      ['Navy ::: blue', '#000080'],
    ])
    const twice = await imported(bob, file.rawPayload)
    assert.deepEqual(countsOf(twice), { created: 0, updated: 0, same: 6, failed: 0 })
  })

  it('replace what a contact that is known was, as its history shows', async () => {
    const owner = await signUp(server)
    const { id } = await createContact(owner, { first_name: 'Ann', phone: '1', nickname: 'A' })
    const contacts = await readJson<object[]>(owner, '/api/export?format=json')
    await owner.patch(`/api/contacts/${id}`, {
      nickname: 'Other',
      phone: null,
      email: 'a@example.org',
    })
    const done = await imported(owner, JSON.stringify(contacts))
    assert.equal(done.updated, 1)
    const [contact] = await contactsOf(owner)
    assert.deepEqual([contact?.nickname, contact?.phone, contact?.email], ['A', '1', null])
    assert.equal((await historyOf(owner, id)).length, 3)
  })

  it('may be written by hand, and say little', async () => {
    const owner = await signUp(server)
    const file = [
      { first_name: 'Ann', email: 'ann@example.org', labels: ['Kin'] },
      { last_name: 'Bee', phones: [{ value: '1' }], birthday: '1971-12-31' },
      { first_name: 'Cee', birthday: 'circa 1800' },
    ]
    assert.equal((await imported(owner, JSON.stringify(file))).created, 3)
    const [ann, cee, bee] = (await contactsOf(owner)).toSorted((a, b) =>
      (a.first_name ?? 'x').localeCompare(b.first_name ?? 'x'),
    )
    assert.deepEqual(
      [ann?.email, bee?.birthday, bee?.phone],
      ['ann@example.org', '1971-12-31', '1'],
    )
    assert.deepEqual(cee?.dates, [{ label: 'birthday', value: 'circa 1800' }])
  })

  it('fail one by one, with the reason, and come back as a file', async () => {
    const owner = await signUp(server)
    const nul = 'BEGIN:VCARD\r\nVERSION:3.0\r\nFN:A\0\r\nEND:VCARD\r\n'
    const elements: [element: string, reason: RegExp | null, code?: string][] = [
      [
        '{"first_name": "Good", "shoe_size": 12, "uid": "good"}',
        /nothing here: shoe_size\.$/,
        'members_unknown',
      ],
      ['{"first_name": "Again", "uid": "good"}', /same UID/, 'uid_repeated'],
      ['1', /no contact/, 'not_a_contact'],
      ['null', /no contact/, 'not_a_contact'],
      ['{"first_name": 1}', /^first_name: /, 'field_not_valid'],
      ['{"emails": [{"label": "x"}]}', /^emails\/0/, 'field_not_valid'],
      ['{"emails": "a@example.org"}', /^emails: /, 'field_not_valid'],
      ['{"first_name": "\\u0000"}', /empty/, 'contact_empty'],
      ['{}', /empty/, 'contact_empty'],
      [JSON.stringify({ card: nul }), /NUL/, 'card_nul_character'],
      ['{"card": "no card"}', /BEGIN:VCARD/, 'not_a_card'],
      [JSON.stringify({ first_name: 'A', uid: 'x'.repeat(1_025) }), /UID/, 'contact_uid_too_long'],
      ['{"first_name": "\\ud800 lone", "revisions": 1e308, "created_at": "9999-01-01"}', null],
      ['{"__proto__": {"first_name": "A"}, "first_name": "Proto"}', /__proto__/, 'members_unknown'],
      [
        `{"first_name": "A", "emails": ${'['.repeat(60)}${']'.repeat(60)}}`,
        /nested/,
        'contact_too_deep',
      ],
    ]
    const file = `[${elements.map(([element]) => element).join(',\n')}]`
    const done = await imported(owner, file)
    assert.equal(done.state, 'done')
    const entries = new Map((await entriesOf(owner, done)).map((entry) => [entry.number, entry]))
    for (const [at, [element, reason, code]] of elements.entries()) {
      const entry = entries.get(at + 1)
      const said = entry?.reason ?? null
      assert.equal(entry?.remarks[0]?.code, code, element)
      if (reason === null) assert.equal(said, null, element)
      else assert.match(said ?? '', reason, element)
    }
    assert.equal(done.created, 4)
    const failed = await owner.get(`/api/imports/${done.id}/failed`)
    assert.equal(failed.headers['content-type'], 'application/json; charset=utf-8')
    const given = failed.json<unknown[]>()
    // Of what is nested too deeply, nothing could be mended.
    assert.equal(given.length, done.failed - 1)
    assert.ok(given.some((one) => JSON.stringify(one) === '{"first_name":1}'))
  })

  it('that are cut off come in as far as they go', async () => {
    const owner = await signUp(server)
    const file = JSON.stringify([{ first_name: 'Ann' }, { first_name: 'Bee' }])
    const done = await imported(owner, file.slice(0, -10))
    assert.deepEqual([done.created, done.failed], [1, 1])
    assert.match((await entriesOf(owner, done))[0]?.reason ?? '', /ends before its end/)
  })

  it('are no more than 100,000', async () => {
    const owner = await signUp(server)
    const file = `[{"first_name":"A"}${',0'.repeat(100_000)}]`
    const done = await imported(owner, file)
    assert.deepEqual([done.state, done.created], ['failed', 0])
    assert.match(done.reason ?? '', /100000/)
  })

  it('of which two have one id are two, and what is no picture is no photo', async () => {
    const owner = await signUp(server)
    const id = randomUUID()
    const card =
      'BEGIN:VCARD\r\nVERSION:3.0\r\nFN:No\r\nPHOTO;ENCODING=b;TYPE=PNG:AAAA\r\nEND:VCARD\r\n'
    const file = [
      { id, uid: id, first_name: 'One', label_ids: [randomUUID()] },
      { id, uid: id, first_name: 'Two' },
      { card },
    ]
    const done = await finished(owner, await importFile(owner, JSON.stringify(file)))
    assert.deepEqual([done.created, done.failed], [3, 0])
    assert.deepEqual(
      (await contactsOf(owner)).map(({ label_ids }) => label_ids),
      [[], [], []],
    )
  })
})
