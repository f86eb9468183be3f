import assert from 'node:assert/strict'
import { after, describe, it } from 'node:test'
import { cardWith } from '../../test/cards.ts'
import { contactsOf, firstContactOf } from '../../test/contacts.ts'
import { imported } from '../../test/imports.ts'
import { expectStatus, signUp, type Person } from '../../test/people.ts'
import { expectRefused } from '../../test/problems.ts'
import { startServer } from '../../test/server.ts'
import type { ContactAnswer } from './schema.ts'

const server = await startServer()
after(() => server[Symbol.asyncDispose]())
const ada = await signUp(server)

const simple = { first_name: 'Grace', email: 'grace@example.org', phone: ' +1 555 0100 ' }
const rows = [
  { ...simple, last_name: 'Hopper', birthday: '--12-09', additional_data: '  two\r\n\tlines  ' },
  {
    company: 'Analytical Engines',
    phones: [{ label: 'work', value: '1' }, { value: '2' }],
    addresses: [{ label: 'Hütte', street: 'Gasse 1\nHof' }],
    messengers: [{ service: 'Signal', value: '+1' }],
    custom_fields: [{ value: 'a\nb' }],
  },
]

const cards: Record<string, string[]> = {
  'an e-mail that is none': ['EMAIL:not an email', 'EMAIL:"a b"@c.dd'],
  'a phone without digits': ['TEL:BusinessPhone'],
  'a phone and an e-mail that are long': [
    `TEL:${'1'.repeat(100)}`,
    `EMAIL:${'a'.repeat(300)}@b.cc`,
  ],
  'long notes': [`NOTE:${'x'.repeat(100_000)}`],
  'notes that fill its card': [`NOTE:x${'"'.repeat(1_000_000)}`],
  'a long name': [`N:${'l'.repeat(300)};${'f'.repeat(300)};;;`, `NICKNAME:${'n'.repeat(300)}`],
  'many phones': Array.from({ length: 150 }, (_, at) => `TEL:${at}`),
  'a long label and a long link': [`item1.URL:https://a.example/${'x'.repeat(3_000)}`].concat(
    `item1.X-ABLabel:${'y'.repeat(300)}`,
  ),
  'a birthday in the future': ['BDAY:2999-01-01', 'ANNIVERSARY:2001-01-01'],
  'an address of long parts': [`ADR:;;${'s'.repeat(1_000)};;;;`],
}

async function importedCard(lines: string[]) {
  const owner = await signUp(server)
  const card = cardWith('3.0', 'FN:Somebody', ...lines)
  assert.equal((await imported(owner, card)).created, 1)
  const contact = await firstContactOf(owner)
  return { owner, contact, url: `/api/contacts/${contact.id}` }
}

describe('a contact that was read', () => {
  for (const row of rows) {
    it(`can be sent back: ${Object.keys(row).join(', ')}`, async () => {
      const created = await ada.post('/api/contacts', row)
      expectStatus(created, 201)
      await expectSame(ada, created.json())
    })
  }

  for (const [what, lines] of Object.entries(cards)) {
    it(`can be sent back with ${what}`, async () => {
      const { owner, contact } = await importedCard(lines)
      await expectSame(owner, contact)
    })
  }

  it('can be sent back when it came in a CSV file', async () => {
    const owner = await signUp(server)
    const values = ['Ada', 'none', 'BusinessPhone', 'x'.repeat(20_000), 'y'.repeat(300)]
    await imported(owner, `First name,E-mail,Phone,Notes,Company\r\n${values.join(',')}\r\n`)
    for (const contact of await contactsOf(owner)) await expectSame(owner, contact)
  })

  it('can be changed elsewhere, while what is new has its limits', async () => {
    const lines = ['EMAIL:none', 'TEL:BusinessPhone', `NOTE:${'x'.repeat(100_000)}`, 'X-A:b']
    const { owner, contact, url } = await importedCard(lines)
    const phones = [{ label: 'work', value: 'BusinessPhone' }, { value: '030 1' }]
    const changed = await owner.patch(url, { phones, first_name: 'Ada' })
    expectStatus(changed, 200)
    assert.equal(changed.json().phones.length, 2)
    assert.equal(changed.json().additional_data.length, 100_000)
    const again = await owner.put(url, { ...contact, nickname: 'Some' })
    expectStatus(again, 200)
    assert.equal(again.json().nickname, 'Some')

    const emails = [{ value: 'none' }, { value: 'nobody' }]
    expectRefused(await owner.patch(url, { emails }), '/emails/1/value')
    expectRefused(
      await owner.patch(url, {
        email: 'nobody',
        phone: 'x',
        additional_data: 'y'.repeat(10_001),
        company: 'z'.repeat(201),
        links: [{ label: 'l'.repeat(201), value: 'https://a.example' }],
      }),
      '/email',
      '/phone',
      '/additional_data',
      '/company',
      '/links/0/label',
    )
    const field = (length: number) => ({ value: 'v'.repeat(length) })
    const fields = Array.from({ length: 7 }, () => field(10_000))
    expectRefused(
      await owner.patch(url, {
        custom_fields: fields.map((it, at) => ({ ...it, label: `${at}` })),
      }),
      '/custom_fields',
    )
    const many = Array.from({ length: 101 }, (_, at) => ({ value: `${at}` }))
    expectRefused(await owner.patch(url, { phones: many }), '/phones')
  })

  it('holds what only PUT may be sent, and what no call changes', async () => {
    const created = (await ada.post('/api/contacts', simple)).json()
    const other = { id: '01a20497-405b-7167-a9e2-939dbd06ad08', photo: '/x', ...simple }
    const put = await ada.put(`/api/contacts/${created.id}`, { ...other, created_at: 'ever' })
    expectStatus(put, 200)
    assert.deepEqual(
      [put.json().id, put.json().photo, put.json().created_at],
      [created.id, null, created.created_at],
    )
    expectRefused(await ada.patch(`/api/contacts/${created.id}`, other), '/id', '/photo')
    expectRefused(await ada.post('/api/contacts', other), '/id', '/photo')
    expectRefused(await ada.put(`/api/contacts/${created.id}`, { owner_id: 'x' }), '/owner_id')
  })
})

/** By PUT as a whole and by PATCH field by field; neither changes anything. */
async function expectSame(owner: Person, contact: ContactAnswer) {
  const url = `/api/contacts/${contact.id}`
  const before = await owner.get(url)
  assert.deepEqual(before.json(), contact)
  const put = await owner.put(url, before.json())
  expectStatus(put, 200)
  assert.deepEqual(put.json(), contact)
  const { id: _id, revision: _revision, photo: _photo, ...rest } = contact
  const { created_at: _created, updated_at: _updated, ...fields } = rest
  for (const [field, value] of Object.entries(fields)) {
    expectStatus(await owner.patch(url, { [field]: value }), 200)
  }
  const after = await owner.patch(url, fields)
  expectStatus(after, 200)
  assert.deepEqual(after.json(), contact)
  assert.equal(after.headers['etag'], before.headers['etag'])
}
