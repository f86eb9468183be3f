import assert from 'node:assert/strict'
import { after, describe, it } from 'node:test'
import { cardWith } from '../../test/cards.ts'
import {
  addContact,
  contactsOf,
  firstContactOf,
  historyOf,
  readContact,
} from '../../test/contacts.ts'
import { countsOf, entriesOf, finished, imported, importFile } from '../../test/imports.ts'
import { labelsOf } from '../../test/labels.ts'
import { expectStatus, signUp, type Person } from '../../test/people.ts'
import { startServer } from '../../test/server.ts'
import type { ProblemDocument } from '../http/problem.ts'
import type { ImportEntry } from './schema.ts'

const server = await startServer()
after(() => server[Symbol.asyncDispose]())

const crlf = '\r\n'
const ada = cardWith(
  '3.0',
  'UID:ada-1',
  'N:Lovelace;Ada;;;',
  'FN:Ada Lovelace',
  'TEL;TYPE=CELL:+44 20 7946 0958',
  'X-ODD;P=1:kept',
  'CATEGORIES:Friends,Science',
)
const charles = cardWith('4.0', 'FN:Charles Babbage', 'EMAIL:charles@example.org')
const mary = cardWith('2.1', 'N:Somerville;Mary', 'TEL;HOME:030 1')
const all = ada + charles + mary

async function exported(person: Person, query = ''): Promise<string> {
  const answer = await person.get(`/api/export${query}`)
  expectStatus(answer, 200)
  return answer.body
}

describe('a file of vCards', () => {
  it('is imported whatever its versions, and the same once more changes nothing', async () => {
    const owner = await signUp(server)
    const answer = await importFile(owner, all, { name: '..\\..\\my cards.vcf' })
    expectStatus(answer, 202)
    assert.equal(answer.headers.location, `/api/imports/${answer.json().id}`)
    const done = await finished(owner, answer)
    assert.deepEqual(countsOf(done), { created: 3, updated: 0, same: 0, failed: 0 })
    assert.equal(done.state, 'done')
    assert.equal(done.progress, 1)
    assert.equal(done.entries, 3)
    assert.equal(done.octets, all.length)
    assert.equal(done.file_name, 'my cards.vcf')
    assert.deepEqual(await entriesOf(owner, done), [])

    const contacts = await contactsOf(owner)
    assert.deepEqual(
      contacts.map(({ last_name }) => last_name),
      ['Babbage', 'Lovelace', 'Somerville'],
    )
    assert.equal(contacts[1]?.phones[0]?.label, 'mobile')
    const labels = await labelsOf(owner)
    assert.deepEqual(
      labels.map(({ name, contacts }) => [name, contacts]),
      [
        ['Friends', 1],
        ['Science', 1],
      ],
    )

    const before = await owner.get(`/api/contacts/${contacts[1]?.id}`)
    const again = await imported(owner, all)
    assert.deepEqual(countsOf(again), { created: 0, updated: 0, same: 3, failed: 0 })
    const entries = await entriesOf(owner, again)
    assert.deepEqual(
      entries.map(({ number, outcome, name }) => [number, outcome, name]),
      [
        [1, 'same', 'Ada Lovelace'],
        [2, 'same', 'Charles Babbage'],
        [3, 'same', 'Mary Somerville'],
      ],
    )
    assert.equal(entries[0]?.contact_id, contacts[1]?.id)
    const after = await owner.get(`/api/contacts/${contacts[1]?.id}`)
    assert.equal(after.headers['etag'], before.headers['etag'])
  })

  it('updates whom it names by UID, and keeps what was in the history', async () => {
    const owner = await signUp(server)
    await imported(owner, ada)
    const { id } = await firstContactOf(owner)
    const moved = ada.replace('+44 20 7946 0958', '+1 555 0100').replace('Friends,', 'Family,')
    const done = await imported(owner, moved)
    assert.deepEqual(countsOf(done), { created: 0, updated: 1, same: 0, failed: 0 })
    const contact = await readContact(owner, id)
    assert.equal(contact.phone, '+1 555 0100')
    // An import gives labels and takes none away.
    assert.equal(contact.label_ids.length, 3)
    const kept = moved.replace('Family,Science', 'Family,Science,Friends')
    const card = (await exported(owner)).replace(/REV:.*\r\n/, '')
    assert.equal(card.slice(0, kept.length), kept)
    const history = await historyOf(owner, id)
    assert.deepEqual(
      history.map((one) => [one.operation, one.via]),
      [
        ['imported', 'import'],
        ['created', 'import'],
      ],
    )
    assert.equal(history[1]?.contact.phone, '+44 20 7946 0958')
  })

  it('is the same after its export, in either version, and after labels were given here', async () => {
    const owner = await signUp(server)
    await imported(owner, all)
    const created = await owner.post('/api/contacts', {
      first_name: 'Grace',
      phones: [{ label: 'work', value: ' 12 ' }],
    })
    expectStatus(created, 201)
    const label = await owner.post('/api/labels', { name: 'Pioneers' })
    const ids = (await contactsOf(owner)).map(({ id }) => id)
    expectStatus(await owner.post(`/api/labels/${label.json().id}/contacts`, { add: ids }), 200)
    for (const query of ['', '?version=4.0', '?format=csv']) {
      const done = await imported(owner, await exported(owner, query))
      assert.deepEqual(countsOf(done), { created: 0, updated: 0, same: 4, failed: 0 }, query)
    }
    const original = await imported(owner, all)
    assert.deepEqual(countsOf(original), { created: 0, updated: 0, same: 3, failed: 0 })
  })

  it('may name somebody twice', async () => {
    const owner = await signUp(server)
    const other = ada.replace('Ada', 'Augusta').replace('FN:Ada', 'FN:Augusta')
    const done = await imported(owner, ada + ada + other + charles + charles)
    assert.deepEqual(countsOf(done), { created: 3, updated: 0, same: 2, failed: 0 })
    const names = (await contactsOf(owner)).map((one) => one.first_name)
    assert.deepEqual(names, ['Charles', 'Ada', 'Augusta'])
    const two = cardWith('3.0', 'UID:x', 'FN:Same Name') + cardWith('3.0', 'UID:y', 'FN:Same Name')
    assert.equal((await imported(owner, two)).created, 2)
  })

  it('finds those who have no card yet, and gives them theirs', async () => {
    const owner = await signUp(server)
    const created = await owner.post('/api/contacts', { first_name: 'Mary', last_name: 'Anning' })
    const { id } = created.json()
    const hers = cardWith('3.0', 'UID:mary', 'N:Anning;Mary;;;', 'FN:Mary Anning', 'X-FOSSILS:many')
    const done = await imported(owner, hers)
    assert.deepEqual(countsOf(done), { created: 0, updated: 1, same: 0, failed: 0 })
    assert.equal((await entriesOf(owner, done))[0]?.contact_id, id)
    assert.equal(await exported(owner), hers)
  })

  it('names by id whom we made ourselves', async () => {
    const owner = await signUp(server)
    const id = await addContact(owner, { first_name: 'Mary' })
    const hers = cardWith('3.0', `UID:urn:uuid:${id.toUpperCase()}`, 'FN:Mary Anning')
    assert.equal((await imported(owner, hers)).updated, 1)
    const [contact, ...others] = await contactsOf(owner)
    assert.deepEqual([contact?.id, contact?.last_name, others.length], [id, 'Anning', 0])
  })

  it('makes a new contact of one whose UID is in the trash', async () => {
    const owner = await signUp(server)
    await imported(owner, ada)
    const { id } = await firstContactOf(owner)
    expectStatus(await owner.delete(`/api/contacts/${id}`), 204)
    assert.equal((await imported(owner, ada)).created, 1)
    assert.notEqual((await firstContactOf(owner)).id, id)
    // A UID belongs to one contact: the other one gets a new one.
    expectStatus(await owner.post(`/api/trash/${id}/restore`), 200)
    assert.equal((await contactsOf(owner)).length, 2)
  })

  it('may hold nobody, damage and what is no card, and says of each what it is', async () => {
    const owner = await signUp(server)
    const large = cardWith('3.0', 'FN:Too Large', `NOTE:${'x'.repeat(1024 * 1024)}`)
    const crowded = cardWith('3.0', 'FN:Too Many', ...Array.from({ length: 4_000 }, () => 'NOTE:x'))
    const file =
      'junk before' +
      crlf +
      cardWith('3.0', 'NOTE:somebody') +
      cardWith('3.0', 'N:;;;;', 'FN:') +
      large +
      crowded +
      cardWith('3.0', 'FN:N\0L') +
      'BEGIN:VCARD\r\nVERSION:3.0\r\nFN:No End\r\n' +
      cardWith('3.0', `UID:${'u'.repeat(1_025)}`, 'FN:Long') +
      charles +
      'BEGIN:VCARD\r\nFN:Cut O'
    const done = await imported(owner, file)
    assert.deepEqual(countsOf(done), { created: 3, updated: 0, same: 0, failed: 7 })
    const entries = await entriesOf(owner, done)
    assert.deepEqual(
      entries.map(({ number, outcome, name, reason }) => [number, outcome, name, reason]),
      [
        [
          1,
          'failed',
          'junk before',
          'Line 1 of the file, and what may follow it, belongs to no vCard.',
        ],
        [3, 'failed', null, 'The vCard is empty.'],
        [4, 'failed', 'Too Large', 'The vCard at line 11 is larger than 1 MiB.'],
        [5, 'failed', 'Too Many', 'The vCard has more than 4000 lines.'],
        [6, 'failed', null, 'The vCard holds a NUL character, which no text has.'],
        [7, 'created', 'No End', 'END:VCARD is missing: something of the vCard may be, too.'],
        [8, 'failed', 'Long', 'The UID of the vCard is longer than 1024 octets.'],
        [10, 'failed', 'Cut O', 'The file ends in the middle of this vCard.'],
      ],
    )
    assert.deepEqual(
      entries.flatMap(({ remarks }) => remarks.map(({ code, values }) => [code, values])),
      [
        ['text_outside_cards', { line: 1 }],
        ['card_empty', {}],
        ['card_at_line_too_large', { line: 11, mebibytes: 1 }],
        ['card_too_many_lines', {}],
        ['card_nul_character', {}],
        ['card_end_missing', {}],
        ['card_uid_too_long', { octets: 1_024 }],
        ['card_cut_off', {}],
      ],
    )
    const one = await owner.get(`/api/imports/${done.id}/entries?outcome=failed&after=4&limit=1`)
    assert.deepEqual(
      one.json<ImportEntry[]>().map(({ number }) => number),
      [5],
    )

    const failed = await owner.get(`/api/imports/${done.id}/failed`)
    assert.match(String(failed.headers['content-disposition']), /filename="kith-failed\.vcf"/)
    const whole = [
      'junk before\r\n',
      cardWith('3.0', 'N:;;;;', 'FN:'),
      large,
      crowded,
      cardWith('3.0', 'FN:N\0L'),
      cardWith('3.0', `UID:${'u'.repeat(1_025)}`, 'FN:Long'),
      'BEGIN:VCARD\r\nFN:Cut O',
    ]
    assert.ok(failed.body === whole.join(''))
    const again = await imported(owner, failed.body)
    assert.deepEqual(countsOf(again), { created: 0, updated: 0, same: 0, failed: 7 })
  })

  it('gives back what failed in it whole, wherever and in whichever character set it stands', async () => {
    const owner = await signUp(server)
    const note = `NOTE:${'A'.repeat(700_000)}`
    const large = (name: string) => cardWith('3.0', note, `FN:${name}`, note)
    const junk = `Häßlich 😀${crlf}${crlf}${'y'.repeat(2_000_000)}${crlf}`
    const file = ada + large('Zoë') + charles + junk + mary + large('Olena')
    const expected = large('Zoë') + junk + large('Olena')
    for (const bytes of [
      Buffer.from(file),
      Buffer.from(`\ufeff${file}`, 'utf16le'),
      Buffer.from(file, 'utf16le').swap16(),
    ]) {
      const done = await imported(owner, bytes)
      assert.equal(done.failed, 3)
      const failed = await owner.get(`/api/imports/${done.id}/failed`)
      assert.ok(failed.body === expected)
    }
    const { rows } = await server.services.database.pool.query(
      `select max(parts) from (select count(*)::int as parts from import_files group by import_id) one`,
    )
    // Of the nine MB of UTF-16, the parts that hold only good cards are deleted.
    assert.ok(rows[0].max > 20 && rows[0].max < 50, `${rows[0].max} parts`)
  })

  it('keeps nothing of a file in which nothing failed', async () => {
    const owner = await signUp(server)
    const { id } = await imported(owner, all)
    const { rows } = await server.services.database.pool.query(
      'select count(*)::int as count from import_files where import_id = $1',
      [id],
    )
    assert.equal(rows[0].count, 0)
  })

  it('may be in another character set, or in UTF-16', async () => {
    const owner = await signUp(server)
    const latin1 = Buffer.from(cardWith('3.0', 'FN:Zoë Müller'), 'latin1')
    const utf16 = Buffer.from(`\ufeff${cardWith('3.0', 'FN:Олена Пчілка')}`, 'utf16le')
    assert.equal((await imported(owner, latin1)).created, 1)
    assert.equal((await imported(owner, utf16)).created, 1)
    const unmarked = Buffer.from(cardWith('3.0', 'FN:Олена Пчілка'), 'utf16le')
    assert.equal((await imported(owner, unmarked)).same, 1)
    const names = (await contactsOf(owner)).map((one) => one.last_name)
    assert.deepEqual(names, ['Müller', 'Пчілка'])
    assert.ok((await exported(owner)).includes('FN:Zoë Müller'))
  })

  it('may hold more labels than there can be, and says which were left out', async () => {
    const owner = await signUp(server)
    const many = Array.from({ length: 101 }, (_, at) => `L${at}`).join(',')
    const done = await imported(owner, cardWith('3.0', 'FN:Much Loved', `CATEGORIES:${many}`))
    const [entry] = await entriesOf(owner, done)
    const detail = 'There are too many labels: it did not get L100.'
    assert.deepEqual([entry?.outcome, entry?.reason], ['created', detail])
    const values = { names: ['L100'] }
    assert.deepEqual(entry?.remarks, [{ code: 'labels_left_out', detail, values }])
  })
})

describe('the character set of a file', () => {
  const header = 'First Name,Last Name\r\n'
  const polish = Buffer.concat([
    Buffer.from(`${header}Zbigniew,`),
    Buffer.from([0xaf, 0xf3, 0xb3, 0x77]),
  ])
  const sjis = Buffer.concat([
    Buffer.from(header),
    Buffer.from([0x91, 0xbe, 0x98, 0x59, 0x2c, 0x8e, 0x52, 0x93, 0x63]),
  ])

  async function lastNameOf(content: Buffer, options: object) {
    const owner = await signUp(server)
    const { charset } = await imported(owner, content, options)
    return [charset, (await firstContactOf(owner)).last_name]
  }

  it('is the one of the part, or of the query, which counts more', async () => {
    const type = 'text/csv; charset="windows-1251"'
    assert.deepEqual(await lastNameOf(polish, { type }), ['windows-1251', 'Їуіw'])
    assert.deepEqual(await lastNameOf(polish, { type, charset: 'CP1250' }), [
      'windows-1250',
      'Żółw',
    ])
    assert.deepEqual(await lastNameOf(sjis, { type: 'text/csv; charset=shift_jis' }), [
      'shift_jis',
      '山田',
    ])
    const card = Buffer.concat([Buffer.from('BEGIN:VCARD\r\nN:'), sjis.subarray(-4)])
    const vcard = Buffer.concat([card, Buffer.from('\r\nEND:VCARD\r\n')])
    assert.deepEqual(await lastNameOf(vcard, { charset: 'sjis' }), ['shift_jis', '山田'])
  })

  it('is guessed and told, also by a preview', async () => {
    for (const [content, name] of [
      [polish, 'windows-1250'],
      [sjis, 'shift_jis'],
      [Buffer.from(`${header}Zoë,Żółw`), null],
    ] as const) {
      const owner = await signUp(server)
      assert.equal((await imported(owner, content, { dryRun: true })).charset, name)
    }
  })

  it('is UTF-8 if the bytes are, though the part states UTF-8 for any file', async () => {
    const type = 'text/csv; charset=UTF-8'
    assert.deepEqual(await lastNameOf(polish, { type }), ['windows-1250', 'Żółw'])
    const marked = Buffer.from(`\ufeff${header}Zoë,Żółw`)
    assert.deepEqual(await lastNameOf(marked, { charset: 'koi8-r' }), [null, 'Żółw'])
  })

  it('must be known', async () => {
    const owner = await signUp(server)
    const answer = await importFile(owner, polish, { charset: 'klingon' })
    expectStatus(answer, 422)
    assert.deepEqual(
      answer.json<ProblemDocument>().errors?.map(({ pointer }) => pointer),
      ['/charset'],
    )
  })
})

describe('columns that mean nothing to us', () => {
  it('are named, and so is a file without names, also by a preview', async () => {
    const owner = await signUp(server)
    const file = 'Ainm,Shoe size,Empty,E-mail\r\nIlse,38,,ilse@example.org\r\n'
    const named = 'Name,Shoe size\r\nIlse,38\r\n'
    for (const dryRun of [true, false]) {
      const done = await imported(owner, file, { dryRun })
      assert.deepEqual(done.unknown_columns, ['Ainm', 'Shoe size'])
      assert.match(done.warning ?? '', /^No contact of the file has a name/)
      assert.deepEqual(
        done.remarks.map(({ code, detail }) => [code, detail]),
        [['nobody_named', done.warning]],
      )
      const other = await imported(owner, named, { dryRun })
      assert.deepEqual([other.unknown_columns, other.warning], [['Shoe size'], null])
    }
  })
})

describe('groups in a file', () => {
  const group = cardWith(
    '3.0',
    'UID:g',
    'FN:Team',
    'X-ADDRESSBOOKSERVER-KIND:group',
    'X-ADDRESSBOOKSERVER-MEMBER:urn:uuid:ada-1',
    'X-ADDRESSBOOKSERVER-MEMBER:urn:uuid:bo',
    'X-ADDRESSBOOKSERVER-MEMBER:urn:uuid:unknown',
  )
  const bo = cardWith('4.0', 'UID:urn:uuid:bo', 'FN:Bo')
  const file = group + ada + bo

  it('become labels of their members, wherever these stand, and cards stay as they are', async () => {
    const owner = await signUp(server)
    const done = await imported(owner, file)
    assert.deepEqual(countsOf(done), { created: 3, updated: 0, same: 0, failed: 0 })
    const [entry] = await entriesOf(owner, done)
    assert.deepEqual(
      [entry?.number, entry?.outcome, entry?.name, entry?.reason],
      [
        1,
        'created',
        'Team',
        'A group: 2 contacts have the label “Team”. 1 member is not among your contacts: it gets ' +
          'it when it comes.',
      ],
    )
    assert.deepEqual(
      entry?.remarks.map(({ code, values }) => [code, values]),
      [
        ['group_labelled', { label: 'Team', contacts: 2 }],
        ['group_members_missing', { members: 1 }],
      ],
    )
    const labels = await labelsOf(owner)
    const team = labels.find(({ name }) => name === 'Team')
    assert.equal(team?.contacts, 2)
    assert.equal((await contactsOf(owner)).length, 2)

    const again = await imported(owner, file)
    assert.deepEqual(countsOf(again), { created: 0, updated: 0, same: 3, failed: 0 })

    const out = await exported(owner)
    assert.ok(out.startsWith(ada))
    const there = await signUp(server)
    await imported(there, out)
    const copies = await labelsOf(there)
    assert.equal(copies.find(({ name }) => name === 'Team')?.contacts, 2)
  })

  it('are undone with the rest', async () => {
    const owner = await signUp(server)
    await imported(owner, bo)
    const done = await imported(owner, file)
    const undone = await finished(owner, await owner.delete(`/api/imports/${done.id}`))
    assert.deepEqual([undone.state, undone.kept], ['undone', 0])
    assert.equal((await contactsOf(owner)).length, 1)
    assert.deepEqual((await firstContactOf(owner)).label_ids, [])
    assert.deepEqual(await labelsOf(owner), [])
  })
})

describe('a preview', () => {
  it('tells what would happen, and writes nothing', async () => {
    const owner = await signUp(server)
    await imported(owner, ada)
    const before = await exported(owner)
    const changed = ada.replace('0958', '0959').replace('Friends', 'Unheard of')
    const file = changed + changed + charles + charles + mary + cardWith('3.0', 'FN:')
    const seen = await imported(owner, file, { dryRun: true })
    assert.equal(seen.dry_run, true)
    assert.deepEqual(countsOf(seen), { created: 2, updated: 1, same: 2, failed: 1 })
    assert.deepEqual(
      (await entriesOf(owner, seen)).map(({ number, outcome }) => [number, outcome]),
      [
        [1, 'updated'],
        [2, 'same'],
        [3, 'created'],
        [4, 'same'],
        [5, 'created'],
        [6, 'failed'],
      ],
    )
    assert.equal(await exported(owner), before)
    assert.equal((await labelsOf(owner)).length, 2)
    const real = await imported(owner, file)
    assert.deepEqual(countsOf(real), countsOf(seen))
    assert.equal(
      (await finished(owner, await owner.delete(`/api/imports/${seen.id}`))).state,
      'undone',
    )
    assert.equal((await contactsOf(owner)).length, 3)
  })
})
