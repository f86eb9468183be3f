import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { after, describe, it } from 'node:test'
import {
  addCard,
  authorOf,
  cardOf,
  cardWith,
  changedLines,
  phoneCard as template,
} from '../../test/cards.ts'
import { historyOf, readContact } from '../../test/contacts.ts'
import { expectStatus, signUp, type Person } from '../../test/people.ts'
import { startServer } from '../../test/server.ts'
import type { Photo } from '../vcard/photo.ts'
import { readCard } from '../vcard/read-card.ts'
import { changeContact } from './change.ts'
import type { ContactAnswer } from './schema.ts'

const server = await startServer()
after(() => server[Symbol.asyncDispose]())
const ada = await signUp(server)

/** A card with a new UID each time: two contacts may not have the same. */
function phoneCard(): string {
  return template.replace('6F1C2D5E', randomUUID())
}

async function patched(card: string, fields: object, person: Person = ada) {
  const id = await addCard(server, person, card)
  const answer = await person.patch(`/api/contacts/${id}`, fields)
  expectStatus(answer, 200)
  const now = (await cardOf(server, id)) ?? ''
  const contact = answer.json<ContactAnswer>()
  return { id, contact, now, ...changedLines(card, now) }
}

describe('a contact that came in a card', () => {
  it('shows all that Kith knows of it', async () => {
    const card = phoneCard()
    const id = await addCard(server, ada, card)
    const contact = await readContact(ada, id)
    assert.equal(contact.first_name, 'Grace')
    assert.equal(contact.prefix, 'Rear Admiral')
    assert.equal(contact.email, 'grace@example.org')
    assert.deepEqual(contact.emails[0], { label: 'Bridge', value: 'grace@example.org' })
    assert.equal(contact.birthday, '--12-09')
    assert.deepEqual(contact.dates, [{ label: 'anniversary', value: '1930-06-15' }])
    assert.equal(contact.department, 'Computation')
    assert.equal(await cardOf(server, id), card)
  })

  it('is the same card after a write that changes nothing', async () => {
    const card = phoneCard()
    const id = await addCard(server, ada, card)
    const before = await ada.get(`/api/contacts/${id}`)
    const { first_name, email, phones, birthday } = before.json()
    const answer = await ada.patch(`/api/contacts/${id}`, { first_name, email, phones, birthday })
    assert.equal(answer.headers['etag'], before.headers['etag'])
    assert.equal(await cardOf(server, id), card)
  })

  for (const [fields, gone, come] of [
    [
      { phone: '+1 (703) 555-0111' },
      ['TEL;type=CELL;type=VOICE;type=pref:+1 (703) 555-0100'],
      ['TEL;type=CELL;type=VOICE;type=pref:+1 (703) 555-0111'],
    ],
    [
      { email: 'g@example.org' },
      ['item1.EMAIL;type=INTERNET;type=pref:grace@example.org'],
      ['item1.EMAIL;type=INTERNET;type=pref:g@example.org'],
    ],
    [{ nickname: null }, ['NICKNAME:Amazing Grace'], []],
    [{ job_title: 'Admiral' }, ['TITLE:Programmer'], ['TITLE:Admiral']],
    [
      { additional_data: 'A moth.' },
      ['NOTE:Found the first bug.\\nIt was a moth.'],
      ['NOTE:A moth.'],
    ],
    [
      { last_name: 'Murray' },
      ['N:Hopper;Grace;Brewster;Rear Admiral;', 'FN:Rear Admiral Grace Brewster Hopper'],
      ['N:Murray;Grace;Brewster;Rear Admiral;', 'FN:Rear Admiral Grace Brewster Murray'],
    ],
    [{ birthday: '1906-12-09' }, ['BDAY;X-APPLE-OMIT-YEAR=1604:1604-12-09'], ['BDAY:1906-12-09']],
    [{ links: [{ value: 'https://a.example' }] }, [], ['URL:https://a.example']],
  ] as const) {
    it(`changes only its lines of ${Object.keys(fields).join()}`, async () => {
      const { gone: out, come: into, now, contact, id } = await patched(phoneCard(), fields)
      assert.deepEqual(out, gone)
      assert.deepEqual(into, come)
      assert.notEqual(readCard(now).rev, readCard(template).rev)
      assert.deepEqual(await readContact(ada, id), contact)
    })
  }

  for (const [version, lines, fields, gone, come] of [
    [
      '4.0',
      ['FN:F L', 'N:L;F;;;;Second;Jr.'],
      { first_name: 'G' },
      'FN:F L|N:L;F;;;;Second;Jr.',
      'FN:G L|N:L;G;;;;Second;Jr.',
    ],
    [
      '3.0',
      ['FN:Mom', 'N:Smith;Jane;;;'],
      { last_name: 'Miller' },
      'N:Smith;Jane;;;',
      'N:Miller;Jane;;;',
    ],
    [
      '3.0',
      ['FN:F', 'N:F;;;;', 'BDAY:1980-02-30'],
      { birthday: '1980-02-28' },
      'BDAY:1980-02-30',
      'BDAY:1980-02-28',
    ],
    [
      '4.0',
      ['FN:F', 'BDAY;VALUE=text:circa 1800'],
      { birthday: '1800-02-28' },
      'BDAY;VALUE=text:circa 1800',
      'BDAY:18000228',
    ],
    ['4.0', ['FN:Only', 'TEL:1'], { phone: '2' }, 'TEL:1', 'TEL:2'],
    [
      '3.0',
      ['FN:F', 'N:F;;;;', 'NICKNAME:a', 'NOTE;ENCODING=QUOTED-PRINTABLE:=41'],
      { nickname: 'b' },
      'NICKNAME:a',
      'NICKNAME:b',
    ],
  ] as const) {
    it(`leaves in ${lines.join(', ')} what ${JSON.stringify(fields)} is not about`, async () => {
      const card = cardWith(version, ...lines)
      const { gone: out, come: into, contact } = await patched(card, fields)
      assert.deepEqual([out.join('|'), into.join('|')], [gone, come])
      if ('birthday' in fields) assert.deepEqual(contact.dates, [])
    })
  }

  it('keeps a birthday without a year through every edit, by PUT as well', async () => {
    const card = phoneCard()
    const id = await addCard(server, ada, card)
    const contact = (await ada.patch(`/api/contacts/${id}`, { company: 'DEC' })).json()
    assert.equal(contact.birthday, '--12-09')
    const { first_name, last_name, email, phone, birthday, additional_data } = contact
    const put = await ada.put(`/api/contacts/${id}`, {
      first_name,
      last_name,
      email,
      phone,
      birthday,
      additional_data,
    })
    assert.deepEqual(put.json().birthday, '--12-09')
    assert.match((await cardOf(server, id)) ?? '', /^BDAY;X-APPLE-OMIT-YEAR=1604:1604-12-09\r$/m)
  })

  it('keeps a birthday of the future, which stands among the dates', async () => {
    const line = 'BDAY:2999-01-02'
    const card = phoneCard().replace(/BDAY.*/, line)
    const { id, contact, now } = await patched(card, { company: 'DEC' })
    assert.equal(contact.birthday, null)
    assert.deepEqual(contact.dates.at(-1), { label: 'birthday', value: '2999-01-02' })
    assert.ok(now.includes(line))
    const path = `/api/contacts/${id}`
    await ada.patch(path, { birthday: null, dates: contact.dates })
    assert.ok((await cardOf(server, id))?.includes(line))
    const { dates } = (await ada.patch(path, { dates: [] })).json()
    assert.deepEqual(dates, [])
    assert.doesNotMatch((await cardOf(server, id)) ?? '', /BDAY|X-ABDATE/)
  })

  it('may keep an e-mail address that Kith would not take', async () => {
    const { id, contact } = await patched(phoneCard().replace('hopper@navy.example', 'call me'), {
      company: 'DEC',
    })
    assert.equal(contact.emails[1]?.value, 'call me')
    const emails = [...contact.emails, { label: null, value: 'new@example.org' }]
    const answer = await ada.patch(`/api/contacts/${id}`, { emails })
    expectStatus(answer, 200)
    assert.equal(answer.json().emails.length, 3)
  })

  it('may have no name at all, and its notes be changed', async () => {
    const card = 'BEGIN:VCARD\r\nVERSION:3.0\r\nN:;;;;\r\nFN:\r\nNOTE:a\r\nEND:VCARD\r\n'
    const { contact } = await patched(card, { additional_data: 'b' })
    assert.equal(contact.additional_data, 'b')
  })

  it('is changed whole or not at all by many at once', async () => {
    const card = phoneCard()
    const id = await addCard(server, ada, card)
    const fields = ['nickname', 'company', 'job_title', 'suffix', 'middle_name'] as const
    const answers = await Promise.all(
      fields.map((field) => ada.patch(`/api/contacts/${id}`, { [field]: `new ${field}` })),
    )
    for (const answer of answers) expectStatus(answer, 200)
    const { contact } = readCard((await cardOf(server, id)) ?? '')
    for (const field of fields) assert.equal(contact[field], `new ${field}`)
    const revisions = await historyOf(ada, id)
    assert.equal(revisions.length, fields.length + 1)
  })

  it('gets and loses a photo, while every other line stays', async () => {
    const author = await authorOf(ada)
    const card = phoneCard()
    const id = await addCard(server, ada, card)
    const bytes = Buffer.from('\x89PNG', 'latin1')
    const photo = { kind: 'bytes', mediaType: 'image/png', bytes } as const
    const change = (photo: Photo | null) =>
      changeContact(server.services.database, author, id, ({ contact, labelIds }) => ({
        contact,
        labelIds,
        photo,
      }))
    const row = await change(photo)
    assert.match(row.photo_hash ?? '', /^[0-9a-f]{64}$/)
    const { photo: path } = await readContact(ada, id)
    assert.equal(path, `/api/contacts/${id}/photo?v=${row.photo_hash?.slice(0, 16)}`)
    assert.equal((await change(null)).photo_hash, null)
    assert.deepEqual(changedLines(card, (await cardOf(server, id)) ?? ''), {
      gone: [],
      come: [],
    })
  })
})
