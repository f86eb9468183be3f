import assert from 'node:assert/strict'
import { after, describe, it } from 'node:test'
import { inflateRawSync } from 'node:zlib'
import { create, sendBatch } from '../../test/batch.ts'
import { idOf } from '../../test/cards.ts'
import { contactsOf, createContact } from '../../test/contacts.ts'
import { countsOf, imported } from '../../test/imports.ts'
import { addLabel, createLabel, labelNamesOf } from '../../test/labels.ts'
import { expectStatus, signUp, type Person } from '../../test/people.ts'
import { expectProblem, expectRefused } from '../../test/problems.ts'
import { startServer } from '../../test/server.ts'
import { readCard } from '../vcard/read-card.ts'
import { splitCards } from '../vcard/split-cards.ts'
import { exportCards } from './cards.ts'
import { exportCsv, exportJson } from './tables.ts'

const server = await startServer()
after(() => server[Symbol.asyncDispose]())

const odd =
  'begin:vcard\nversion:3.0\nUID:odd\nFN:Odd \n One\nN:One;Odd\nitem1.TEL;x=y:1\nitem1.X-ABLabel:boat\nEND:VCARD\n'
const four =
  'BEGIN:VCARD\r\nVERSION:4.0\r\nUID:four\r\nFN:Four\r\nTEL;VALUE=uri:tel:+1\r\nEND:VCARD\r\n'
const old =
  'BEGIN:VCARD\r\nVERSION:2.1\r\nN;ENCODING=QUOTED-PRINTABLE;CHARSET=UTF-8:M=C3=BCller\r\nEND:VCARD'

const whole = {
  prefix: 'Dr.',
  first_name: '=1+1',
  last_name: 'O"Brien, Jr.',
  nickname: "'=x",
  company: '+49 GmbH',
  birthday: '--02-29',
  additional_data: 'one\ntwo;three,"four"',
  emails: [
    { label: 'work', value: 'a@example.org' },
    { label: 'my own', value: 'b@example.org' },
  ],
  phones: [{ label: null, value: '+41 44 668 18 00' }],
  addresses: [{ label: 'home', street: '1 Main St\n2nd line', city: 'Bern', country: 'CH' }],
  links: [{ label: 'home page', value: 'https://example.org' }],
  messengers: [{ label: null, service: 'signal', value: '@x' }],
  dates: [{ label: 'anniversary', value: '2001-02-03' }],
  relations: [{ label: 'spouse', value: 'Someone' }],
  custom_fields: [{ label: '@cmd', value: '-2' }],
}

async function wholeContacts(person: Person) {
  return (await contactsOf(person)).map((one) => {
    const { id: _id, revision: _r, created_at: _c, updated_at: _u, ...others } = one
    const { label_ids: _l, photo: _p, ...rest } = others
    return rest
  })
}

async function withEverything() {
  const owner = await signUp(server)
  const label = await createLabel(owner, 'Kin ::: folk')
  await createContact(owner, { ...whole, label_ids: [label.id] })
  await imported(owner, odd + four + old)
  return { owner, label }
}

describe('GET /api/export', () => {
  it('gives back to the octet what came in, in the version that is asked for', async () => {
    const owner = await signUp(server)
    await imported(owner, odd + four + old)
    const three = await owner.get('/api/export')
    assert.equal(three.headers['content-type'], 'text/vcard; charset=utf-8')
    assert.match(
      String(three.headers['content-disposition']),
      /^attachment; filename="kith-contacts-\d{4}-\d\d-\d\d\.vcf"; filename\*=UTF-8''kith-contacts-/,
    )
    assert.ok(three.body.startsWith(odd))
    assert.deepEqual(versionsIn(three.body), ['3.0', '3.0', '3.0'])
    const inFour = await owner.get('/api/export?format=vcf&version=4.0')
    assert.ok(inFour.body.includes(four))
    assert.deepEqual(versionsIn(inFour.body), ['4.0', '4.0', '4.0'])
    assert.match(inFour.body, /FN:Müller/)
  })

  it('ends each card, also those that came without END, and knows them again', async () => {
    const owner = await signUp(server)
    const open = ['Ilse', 'Udo', 'Ada'].map(
      (name) => `BEGIN:VCARD\nVERSION:3.0\nUID:${name}\nN:Reh;${name}\nFN:${name} Reh\n`,
    )
    await imported(owner, open.join(''))
    for (const version of ['3.0', '4.0']) {
      const { body } = await owner.get(`/api/export?format=vcf&version=${version}`)
      const cards = splitCards(body)
      assert.deepEqual(
        cards.map((piece) => piece.kind === 'card' && piece.isComplete),
        [true, true, true],
      )
      const again = await imported(owner, body)
      assert.deepEqual(countsOf(again), { created: 0, updated: 0, same: 3, failed: 0 })
    }
  })

  for (const query of ['?format=vcf', '?format=vcf&version=4.0', '?format=csv']) {
    it(`is read back without a difference, here and elsewhere: ${query}`, async () => {
      const { owner } = await withEverything()
      const file = await owner.get(`/api/export${query}`)
      const again = await imported(owner, file.rawPayload)
      assert.deepEqual(countsOf(again), { created: 0, updated: 0, same: 4, failed: 0 })
      const there = await signUp(server)
      assert.equal((await imported(there, file.rawPayload)).created, 4)
      assert.deepEqual(await wholeContacts(there), await wholeContacts(owner))
      assert.deepEqual(await labelNamesOf(there), ['Kin ::: folk'])
      const twice = await imported(there, file.rawPayload)
      assert.deepEqual(countsOf(twice), { created: 0, updated: 0, same: 4, failed: 0 })
    })
  }

  it('has no cell that a spreadsheet runs', async () => {
    const { owner } = await withEverything()
    const { body, headers } = await owner.get('/api/export?format=csv')
    assert.equal(headers['content-type'], 'text/csv; charset=utf-8')
    for (const cell of ["'=1+1", "''=x", "'+49 GmbH", "'@x", "'-2"]) {
      assert.ok(body.includes(cell), cell)
    }
    assert.doesNotMatch(body, /(?:^|,)"?[=@]/m)
    // A number is no formula, and whoever dials it wants no apostrophe.
    assert.ok(body.includes(',+41 44 668 18 00,'))
  })

  it('changes what the CSV changes, and nothing else', async () => {
    const { owner } = await withEverything()
    const { body } = await owner.get('/api/export?format=csv')
    const edited = body.replace('a@example.org', 'new@example.org').replace('Odd', 'Even')
    const done = await imported(owner, edited)
    assert.deepEqual(countsOf(done), { created: 0, updated: 2, same: 2, failed: 0 })
    const out = (await owner.get('/api/export')).body
    assert.match(out, /item1\.TEL;x=y:1\nitem1\.X-ABLabel:boat\n/)
    assert.match(out, /N:One;Even/)
    const few = 'First Name,Kith UID\r\nOddest,odd\r\n'
    assert.equal((await imported(owner, few)).updated, 1)
    const contacts = await wholeContacts(owner)
    const oddest = contacts.find((one) => one.first_name === 'Oddest')
    assert.deepEqual([oddest?.last_name, oddest?.phone], ['One', '1'])
  })

  it('as CSV says what a card has beyond the fields, which becomes custom fields elsewhere', async () => {
    const owner = await signUp(server)
    const lines = ['FN:Oma Erna', 'N:Schulz;Erna;;;', 'ORG:Erste AG', 'TITLE:Leiterin']
    const more = ['ORG:Zweite GmbH;Rat', 'ORG:Dritte KG', 'TITLE:Beirätin', 'ROLE:Chefin']
    const card = ['BEGIN:VCARD', 'VERSION:3.0', ...lines, ...more, 'END:VCARD', ''].join('\r\n')
    await imported(owner, card)
    const file = (await owner.get('/api/export?format=csv')).rawPayload
    const again = await imported(owner, file)
    assert.deepEqual(countsOf(again), { created: 0, updated: 0, same: 1, failed: 0 })
    assert.equal((await owner.get('/api/export')).body, card)
    const there = await signUp(server)
    await imported(there, file)
    const [erna] = await wholeContacts(there)
    assert.deepEqual([erna?.company, erna?.job_title], ['Erste AG', 'Leiterin'])
    assert.deepEqual(erna?.custom_fields, [
      { label: 'Role', value: 'Chefin' },
      { label: 'vCard FN', value: 'Oma Erna' },
      { label: 'vCard ORG', value: 'Zweite GmbH, Rat\nDritte KG' },
      { label: 'vCard TITLE', value: 'Beirätin' },
    ])
    const twice = await imported(there, file)
    assert.deepEqual(countsOf(twice), { created: 0, updated: 0, same: 1, failed: 0 })
  })

  it('as JSON has all there is, with the names of labels', async () => {
    const { owner, label } = await withEverything()
    const answer = await owner.get('/api/export?format=json')
    const contacts = answer.json()
    assert.equal(contacts.length, 4)
    const { labels, label_ids, uid, id, emails, custom_fields } = contacts[0]
    assert.deepEqual([labels, label_ids, uid], [['Kin ::: folk'], [label.id], id])
    assert.deepEqual([emails, custom_fields], [whole.emails, whole.custom_fields])
    const nobody = await signUp(server)
    assert.deepEqual((await nobody.get('/api/export?format=json')).json(), [])
    assert.equal((await nobody.get('/api/export')).body, '')
  })

  it('may be of one label alone', async () => {
    const { owner, label } = await withEverything()
    for (const format of ['vcf', 'csv', 'json']) {
      const answer = await owner.get(`/api/export?format=${format}&label=${label.id}`)
      assert.match(String(answer.headers['content-disposition']), /Kin%20%3A%3A%3A%20folk/)
      assert.ok(answer.body.includes('Brien'))
      assert.ok(!answer.body.includes('Müller'))
    }
    const eve = await signUp(server)
    expectProblem(await eve.get(`/api/export?label=${label.id}`), 404, 'not_found')
    expectRefused(
      await eve.get('/api/export?label=x&format=xml&version=2.1&y=1'),
      '/label',
      '/format',
      '/version',
      '/y',
    )
  })

  it('is of any size', async () => {
    const owner = await signUp(server)
    const photo = Buffer.alloc(30_000, 'x').toString('base64')
    const cards = Array.from({ length: 1_203 }, (_, at) => {
      const picture = at % 100 === 0 ? `PHOTO;ENCODING=b;TYPE=JPEG:${photo}\r\n` : ''
      return `BEGIN:VCARD\r\nVERSION:3.0\r\nUID:u${at}\r\nFN:Person ${at}\r\n${picture}END:VCARD\r\n`
    }).join('')
    assert.equal((await imported(owner, cards)).created, 1_203)
    assert.equal((await owner.get('/api/export')).body, cards)
    assert.equal((await owner.get('/api/export?format=json')).json().length, 1_203)
  })
})

describe('GET /api/users/me/export', () => {
  it('has all that comes while it is written, and does not break off', async () => {
    const owner = await signUp(server)
    const ownerId = await idOf(owner)
    const { read } = server.services.database
    const creations = Array.from({ length: 301 }, (_, at) => create({ first_name: `Number ${at}` }))
    const { results } = await sendBatch(owner, ...creations)
    const last = results.at(-1)?.contact?.id ?? ''
    for (const [name, texts] of Object.entries({
      csv: exportCsv(read, ownerId, {}),
      json: exportJson(read, ownerId, {}),
      vcf: exportCards(read, ownerId, {}, '3.0'),
    })) {
      let text = (await texts.next()).value ?? ''
      text += (await texts.next()).value ?? ''
      const links = [{ value: `https://${name}.example` }, { value: `https://${name}.example/2` }]
      const label_ids = [await addLabel(owner, `Late ${name}`)]
      expectStatus(await owner.patch(`/api/contacts/${last}`, { links, label_ids }), 200)
      for await (const part of texts) text += part
      assert.match(text, new RegExp(`Late ${name}`))
      assert.match(text, new RegExp(`https.{1,4}${name}\\.example/2`))
    }
  })

  it('is everything in one archive', async () => {
    const { owner } = await withEverything()
    const gone = (await contactsOf(owner)).find((one) => one.first_name === 'Four')
    expectStatus(await owner.delete(`/api/contacts/${gone?.id}`), 204)
    await owner.patch('/api/users/me/preferences', { theme: 'dark' })
    const answer = await owner.get('/api/users/me/export')
    expectStatus(answer, 200)
    assert.equal(answer.headers['content-type'], 'application/zip')
    const files = unzip(answer.rawPayload)
    assert.deepEqual([...files.keys()], ['contacts.vcf', 'contacts.csv', 'account.json'])
    const vcf = files.get('contacts.vcf') ?? ''
    assert.ok(vcf.includes(odd) && vcf.includes(old) && !vcf.includes(four))
    const account = JSON.parse(files.get('account.json') ?? '')
    assert.equal(account.user.email, owner.email)
    assert.deepEqual(account.preferences, { theme: 'dark' })
    assert.equal(account.contacts.length, 3)
    assert.deepEqual(
      account.trash.map((one: { card: string }) => one.card),
      [four],
    )
    assert.deepEqual(
      account.history.map((one: { operation: string; card: string }) => [one.operation, one.card]),
      [['deleted', four]],
    )
    assert.equal(account.imports[0].created, 3)
    assert.equal(account.labels[0].name, 'Kin ::: folk')
  })
})

describe('GET /api/export.vcf, .csv and .json', () => {
  it('are what /api/export gives in their format, and that says so', async () => {
    const { owner, label } = await withEverything()
    for (const [format, query] of [
      ['vcf', ''],
      ['vcf', '&version=4.0'],
      ['csv', `&label=${label.id}`],
      ['json', ''],
    ] as const) {
      const answer = await owner.get(`/api/export.${format}?${query.slice(1)}`)
      const older = await owner.get(`/api/export?format=${format}${query}`)
      expectStatus(answer, 200)
      assert.equal(answer.body, older.body)
      for (const name of ['content-type', 'content-disposition']) {
        assert.equal(answer.headers[name], older.headers[name])
      }
      assert.equal(answer.headers['deprecation'], undefined)
      assert.match(String(older.headers['deprecation']), /^@\d{10}$/)
      assert.equal(older.headers['link'], `</api/export.${format}>; rel="successor-version"`)
    }
  })

  it('take only what their format has', async () => {
    const ada = await signUp(server)
    expectRefused(await ada.get('/api/export.vcf?version=2.1'), '/version')
    expectRefused(await ada.get('/api/export.csv?version=4.0'), '/version')
    expectRefused(await ada.get('/api/export.json?format=json'), '/format')
  })
})

function versionsIn(file: string) {
  return splitCards(file).map((piece) => piece.kind === 'card' && readCard(piece.text).version)
}

/** Reads an archive by its central directory (APPNOTE 4.3.12). */
function unzip(zip: Buffer): Map<string, string> {
  const files = new Map<string, string>()
  const end = zip.lastIndexOf(Buffer.from('PK\u0005\u0006', 'latin1'))
  let at = zip.readUInt32LE(end + 16)
  for (let left = zip.readUInt16LE(end + 10); left > 0; left--) {
    const size = zip.readUInt32LE(at + 20)
    const [name, extra, comment] = [28, 30, 32].map((offset) => zip.readUInt16LE(at + offset))
    const start = zip.readUInt32LE(at + 42)
    const data = start + 30 + zip.readUInt16LE(start + 26) + zip.readUInt16LE(start + 28)
    const bytes = inflateRawSync(zip.subarray(data, data + size))
    files.set(zip.toString('utf8', at + 46, at + 46 + (name ?? 0)), bytes.toString())
    at += 46 + (name ?? 0) + (extra ?? 0) + (comment ?? 0)
  }
  return files
}
