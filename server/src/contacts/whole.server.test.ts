import assert from 'node:assert/strict'
import { after, describe, it } from 'node:test'
import { createContact } from '../../test/contacts.ts'
import { fieldsOf, whole as simple } from '../../test/grace.ts'
import { expectStatus, readJson, signUp } from '../../test/people.ts'
import { expectRefused } from '../../test/problems.ts'
import { startServer } from '../../test/server.ts'
import { lists, otherTextFields, recordOf, rulesOfList, rulesOfText } from '../book/fields.ts'
import type { NewContact } from './body-schema.ts'
import type { ContactAnswer } from './schema.ts'

const server = await startServer()
after(() => server[Symbol.asyncDispose]())
const ada = await signUp(server)

const nowhere = {
  street: null,
  extended: null,
  po_box: null,
  city: null,
  region: null,
  postal_code: null,
  country: null,
}

/** Fields beyond the simple ones, as they are sent and as they come back. */
const more = {
  prefix: 'Rear Admiral',
  middle_name: 'Brewster',
  suffix: 'PhD',
  phonetic_first_name: 'greɪs',
  phonetic_middle_name: 'ˈbruːstər',
  phonetic_last_name: 'ˈhɒpər',
  nickname: 'Amazing Grace',
  company: 'US Navy',
  department: 'Computation',
  job_title: 'Programmer',
  emails: [
    { label: null, value: 'grace@example.org' },
    { label: 'work', value: 'hopper@navy.example' },
  ],
  phones: [
    { label: 'mobile', value: '+1 (703) 555-0100' },
    { label: 'The bridge', value: '+1 (703) 555-0199' },
  ],
  addresses: [{ label: 'home', ...nowhere, street: '1 Harbor Rd\nUnit 3', city: 'Arlington' }],
  links: [{ label: 'home page', value: 'https://grace.example.org' }],
  messengers: [{ label: null, service: 'signal', value: '+17035550100' }],
  dates: [
    { label: 'anniversary', value: '1930-06-15' },
    { label: 'Found the moth', value: 'September 1947' },
  ],
  relations: [{ label: 'brother', value: 'Roger' }],
  custom_fields: [{ label: 'Rank', value: 'O-7\nretired' }],
  label_ids: [],
} satisfies NewContact
/** The documented example of each field, for fields that are not above. */
const examples = {
  ...recordOf(otherTextFields, (field) => rulesOfText(field).example),
  ...recordOf(lists, (list) => rulesOfList(list).example),
}
const grace = { ...examples, ...simple, ...more }

async function patch(id: string, fields: object): Promise<ContactAnswer> {
  const answer = await ada.patch(`/api/contacts/${id}`, fields)
  expectStatus(answer, 200)
  assert.deepEqual((await ada.get(`/api/contacts/${id}`)).json(), answer.json())
  return answer.json()
}

describe('a whole contact', () => {
  it('comes back as it was sent, and is kept', async () => {
    const created = await createContact(ada, grace)
    const { id, revision, created_at: _made, updated_at: _changed, photo, ...contact } = created
    assert.deepEqual(contact, grace)
    assert.equal(photo, null)
    const answer = await ada.get(`/api/contacts/${id}`)
    assert.deepEqual(answer.json(), created)
    assert.equal(answer.headers['etag'], `"${revision}"`)
  })

  it('is said of every contact, with nulls and empty lists', async () => {
    const contact = await createContact(ada, { first_name: 'Grace' })
    const names = ['id', 'revision', 'created_at', 'updated_at', 'photo', ...Object.keys(grace)]
    assert.deepEqual(Object.keys(contact).sort(), names.sort())
    for (const [name, value] of Object.entries(contact)) {
      if (Array.isArray(value)) assert.deepEqual(value, [], name)
    }
  })

  it('can be sent back as it was read, which changes nothing', async () => {
    const {
      id,
      revision: _revision,
      created_at: _made,
      updated_at: _changed,
      photo: _photo,
      ...fields
    } = await createContact(ada, grace)
    const before = await ada.get(`/api/contacts/${id}`)
    for (const method of ['put', 'patch'] as const) {
      const answer = await ada[method](`/api/contacts/${id}`, fields)
      expectStatus(answer, 200)
      assert.equal(answer.headers['etag'], before.headers['etag'])
      assert.deepEqual(answer.json(), before.json())
    }
  })

  for (const [field, value] of Object.entries({
    nickname: 'Amazing',
    company: 'US Navy',
    prefix: 'Admiral',
    suffix: 'PhD',
    emails: [{ value: 'grace@example.org' }],
    phones: [{ value: '1' }],
  })) {
    it(`needs nothing but ${field}`, async () => {
      const contact = await createContact(ada, { [field]: value })
      assert.ok(contact[field as keyof ContactAnswer])
    })
  }

  it('is nobody with a job alone', async () => {
    const fields = { job_title: 'Programmer', custom_fields: [{ value: 'x' }] }
    expectRefused(await ada.post('/api/contacts', fields), '/first_name')
  })

  it('takes labels as people know them, and drops what is empty', async () => {
    const contact = await createContact(ada, {
      nickname: '  Amazing ',
      company: '',
      phones: [{ label: 'Work', value: ' 1 ' }, { value: '2' }],
      addresses: [{ city: 'Arlington', country: '' }],
      links: null,
    })
    assert.equal(contact.nickname, 'Amazing')
    assert.equal(contact.company, null)
    assert.deepEqual(contact.phones, [
      { label: 'work', value: '1' },
      { label: null, value: '2' },
    ])
    assert.deepEqual(contact.addresses, [{ label: null, ...nowhere, city: 'Arlington' }])
    assert.deepEqual(contact.links, [])
  })
})

describe('the e-mail and phone of the simple shape', () => {
  it('are the first of theirs', async () => {
    const contact = await createContact(ada, { emails: more.emails, phones: more.phones })
    assert.equal(contact.email, 'grace@example.org')
    assert.equal(contact.phone, '+1 (703) 555-0100')
  })

  it('write the first, which keeps its label, and never touch the others', async () => {
    const { id } = await createContact(ada, grace)
    const contact = await patch(id, { phone: '110', email: 'new@example.org' })
    assert.deepEqual(contact.phones, [{ label: 'mobile', value: '110' }, more.phones[1]])
    assert.deepEqual(contact.emails, [{ label: null, value: 'new@example.org' }, more.emails[1]])
  })

  it('take away the first when they are null', async () => {
    const { id } = await createContact(ada, grace)
    const contact = await patch(id, { phone: null })
    assert.equal(contact.phone, more.phones[1]?.value)
    assert.deepEqual(contact.phones, more.phones.slice(1))
  })

  it('may stand beside the list they agree with, and no other', async () => {
    const { id } = await createContact(ada, grace)
    const phones = [{ value: '1' }]
    const contact = await patch(id, { phone: '1', phones })
    assert.deepEqual(contact.phones, [{ label: null, value: '1' }])
    const path = `/api/contacts/${id}`
    expectRefused(await ada.patch(path, { phone: '2', phones }), '/phone')
    expectRefused(await ada.patch(path, { phone: null, phones }), '/phone')
    expectRefused(await ada.patch(path, { email: 'a@example.org', emails: [] }), '/email')
    expectStatus(await ada.patch(path, { phone: null, phones: null }), 200)
  })
})

describe('PUT by who knows only the simple shape', () => {
  it('destroys nothing that this shape has not', async () => {
    const { id } = await createContact(ada, grace)
    const answer = await ada.put(`/api/contacts/${id}`, { ...simple, last_name: 'Murray' })
    expectStatus(answer, 200)
    const { id: _id, revision: _rev, photo: _, ...others } = answer.json()
    const { created_at: _made, updated_at: _changed, ...rest } = others
    assert.deepEqual(rest, { ...grace, last_name: 'Murray' })
  })

  it('clears what is absent of the simple shape', async () => {
    const { id } = await createContact(ada, { ...simple, nickname: 'Amazing' })
    const answer = await ada.put(`/api/contacts/${id}`, { first_name: 'Grace' })
    const contact = answer.json<ContactAnswer>()
    assert.deepEqual(fieldsOf(contact), {
      first_name: 'Grace',
      last_name: null,
      email: null,
      phone: null,
      birthday: null,
      additional_data: null,
    })
    assert.equal(contact.nickname, 'Amazing')
  })

  it('clears no e-mail and no phone that is one of several, however often it is sent', async () => {
    const { id } = await createContact(ada, grace)
    for (const fields of [{ first_name: 'Grace' }, { first_name: 'Grace', email: null }]) {
      const { emails, phones } = (await ada.put(`/api/contacts/${id}`, fields)).json()
      assert.deepEqual({ emails, phones }, { emails: more.emails, phones: more.phones })
    }
  })

  it('takes a list instead of its first', async () => {
    const { id } = await createContact(ada, grace)
    const emails = [{ label: 'home', value: 'home@example.org' }]
    const answer = await ada.put(`/api/contacts/${id}`, { first_name: 'Grace', emails })
    assert.deepEqual(answer.json().emails, emails)
    assert.deepEqual(answer.json().phones, more.phones)
  })
})

describe('what is refused of a whole contact', () => {
  const many = Array.from({ length: 101 }, () => ({ value: '1' }))
  for (const [fields, pointer] of [
    [{ emails: [{ value: 'ada@example.org' }, { value: 'x' }] }, '/emails/1/value'],
    [{ phones: [{ value: '1' }, { value: 'none' }] }, '/phones/1/value'],
    [{ phones: [{ value: '' }] }, '/phones/0/value'],
    [{ links: [{ value: 'https://a.example' }, { value: ' \u0007' }] }, '/links/1'],
    [{ addresses: [{ label: 'home' }] }, '/addresses/0'],
    [{ addresses: [{ planet: 'Mars' }] }, '/addresses/0/planet'],
    [{ phones: many }, '/phones'],
    [{ nickname: 'a'.repeat(201) }, '/nickname'],
    [{ custom_fields: [{ value: 'a'.repeat(10_001) }] }, '/custom_fields/0/value'],
    [{ label_ids: ['x'] }, '/label_ids/0'],
    [{ label_ids: ['01a20497-405b-7167-a9e2-939dbd06ad08'] }, '/label_ids/0'],
    [{ emails: {} }, '/emails'],
    [{ photo: '/api/contacts/x/photo' }, '/photo'],
  ] as const) {
    it(`is named by its place: ${pointer}`, async () => {
      expectRefused(await ada.post('/api/contacts', { first_name: 'Grace', ...fields }), pointer)
      const { id } = await createContact(ada, { first_name: 'Grace' })
      expectRefused(await ada.patch(`/api/contacts/${id}`, fields), pointer)
    })
  }

  it('is what does not fit: 64 KiB for all together', async () => {
    const custom_fields = Array.from({ length: 7 }, () => ({ value: 'a'.repeat(9_900) }))
    const fields = { first_name: 'Grace', custom_fields }
    expectRefused(await ada.post('/api/contacts', fields), '/custom_fields')
  })
})

describe('lists', () => {
  it('stay simple, and hold everything with view=full', async () => {
    const bob = await signUp(server)
    const { id } = (await bob.post('/api/contacts', grace)).json()
    await bob.post('/api/contacts', { first_name: 'Zoe', last_name: 'Zander' })
    const one = (await bob.get(`/api/contacts/${id}`)).json()
    for (const path of ['/api/contacts?', '/api/contacts/search?q=grace&']) {
      const [listed] = (await bob.get(`${path}view=simple`)).json()
      const names = ['id', 'revision', 'created_at', 'updated_at', ...Object.keys(simple)]
      assert.deepEqual(Object.keys(listed).sort(), names.sort())
      const [full] = (await bob.get(`${path}view=full`)).json()
      assert.deepEqual(full, one)
    }
    const page = await bob.get('/api/contacts?view=full&limit=1')
    assert.match(String(page.headers.link), /[?&]view=full\b/)
    expectRefused(await bob.get('/api/contacts?view=all'), '/view')
  })

  it('are searched by all names, all e-mails and all phones', async () => {
    const bob = await signUp(server)
    const { id } = (await bob.post('/api/contacts', grace)).json()
    for (const words of ['amazing', 'navy', 'brewster', 'hopper@navy', '5550199', 'hopper 0199']) {
      const url = `/api/contacts?q=${encodeURIComponent(words)}`
      const found = await readJson<ContactAnswer[]>(bob, url)
      assert.deepEqual(
        found.map((one) => one.id),
        [id],
        words,
      )
    }
    for (const [query, count] of [
      ['email=hopper', 1],
      ['email=GRACE@', 1],
      ['email=navy', 0],
      ['first_name=amazing', 0],
      ['last_name=us', 0],
      ['q=programmer', 0],
    ]) {
      assert.equal((await bob.get(`/api/contacts?${query}`)).json().length, count, String(query))
    }
  })
})
