import assert from 'node:assert/strict'
import { after, describe, it } from 'node:test'
import { createContact } from '../../test/contacts.ts'
import { fieldsOf, nothing, whole } from '../../test/grace.ts'
import { expectStatus, signUp } from '../../test/people.ts'
import { expectProblem, expectRefused } from '../../test/problems.ts'
import { startServer } from '../../test/server.ts'
import { expectTimeSince } from '../../test/times.ts'
import type { SimpleContact } from './schema.ts'

const server = await startServer()
after(() => server[Symbol.asyncDispose]())
const ada = await signUp(server)

const unknownId = '01a20497-405b-7167-a9e2-939dbd06ad08'

describe('POST /api/contacts', () => {
  it('answers 201 with the contact, its path and its tag', async () => {
    const before = Date.now()
    const answer = await ada.post('/api/contacts', whole)

    expectStatus(answer, 201)
    const contact = answer.json<SimpleContact>()
    assert.deepEqual(fieldsOf(contact), whole)
    assert.match(contact.id, /^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-/)
    assert.equal(answer.headers.location, `/api/contacts/${contact.id}`)
    assert.match(String(answer.headers['etag']), /^"[^"]+"$/)
    assert.match(String(answer.headers['content-type']), /^application\/json/)
    expectTimeSince(before, contact.created_at)
    assert.equal(contact.updated_at, contact.created_at)
  })

  for (const field of ['first_name', 'last_name', 'email', 'phone'] as const) {
    it(`needs nothing but a ${field}`, async () => {
      const contact = await createContact(ada, { [field]: whole[field] })
      assert.deepEqual(fieldsOf(contact), { ...nothing, [field]: whole[field] })
    })
  }

  for (const fields of [
    {},
    { birthday: '1906-12-09', additional_data: 'Nobody' },
    { first_name: '', last_name: null, email: '', phone: '' },
    { first_name: '  ', last_name: '\t', email: ' ', phone: '\u00a0' },
  ]) {
    it(`refuses ${JSON.stringify(fields)}, which is nobody`, async () => {
      expectRefused(await ada.post('/api/contacts', fields), '/first_name')
    })
  }

  it('takes empty texts for nothing, and trims names and addresses', async () => {
    const contact = await createContact(ada, {
      first_name: ' Grace ',
      last_name: '',
      email: ' grace@example.org\n',
      phone: '',
      birthday: '',
      additional_data: '',
    })
    assert.deepEqual(fieldsOf(contact), {
      ...nothing,
      first_name: 'Grace',
      email: 'grace@example.org',
    })
  })

  it('keeps the phone and the notes as they were typed', async () => {
    const typed = { phone: ' +1 (703) 555-0100 ext. 7 ', additional_data: '  two\r\n\tlines  ' }
    assert.deepEqual(fieldsOf(await createContact(ada, typed)), { ...nothing, ...typed })
  })

  it('keeps every character that can be kept', async () => {
    const name = `' or 1=1-- "\\ %_ \u0001\u0007 <b>{{7*7}} 漢 👩‍👩‍👧 \u202e עברית`
    const contact = await createContact(ada, { first_name: name, additional_data: name })
    const read = await ada.get(`/api/contacts/${contact.id}`)
    assert.equal(read.json().first_name, name)
    assert.equal(read.json().additional_data, name)
  })

  it('counts characters, not octets, up to the longest of each field', async () => {
    const longest = {
      first_name: '👩'.repeat(200),
      last_name: '\ufdfa'.repeat(200),
      email: `${'я'.repeat(64)}@${'a.'.repeat(93)}org`,
      phone: '٠'.repeat(64),
      additional_data: '漢'.repeat(10_000),
    }
    assert.deepEqual(fieldsOf(await createContact(ada, longest)), { ...longest, birthday: null })
    for (const [field, text] of Object.entries(longest)) {
      const answer = await ada.post('/api/contacts', { ...longest, [field]: `a${text}` })
      if (field === 'email') expectProblem(answer, 422, 'validation_failed')
      else expectRefused(answer, `/${field}`)
    }
  })

  it('lets contacts share an e-mail address, in one book and in several', async () => {
    const first = await createContact(ada, whole)
    const second = await createContact(ada, whole)
    const others = await createContact(await signUp(server), whole)
    assert.equal(new Set([first.id, second.id, others.id]).size, 3)
  })

  for (const birthday of ['--02-29', '2000-02-29', '0001-01-01', '--12-31']) {
    it(`keeps the birthday ${birthday}`, async () => {
      assert.equal((await createContact(ada, { first_name: 'Grace', birthday })).birthday, birthday)
    })
  }

  const wrong: [unknown, ...string[]][] = [
    [{ first_name: 7 }, '/first_name'],
    [{ first_name: ['Grace'] }, '/first_name'],
    [{ first_name: { toString: 'Grace' } }, '/first_name'],
    [{ first_name: 'a\0b' }, '/first_name'],
    [{ first_name: 'Grace', last_name: '\ud800' }, '/last_name'],
    [{ first_name: 'Grace', additional_data: '\udc00' }, '/additional_data'],
    [{ email: 'grace' }, '/email'],
    [{ email: 'grace@localhost' }, '/email'],
    [{ email: 'grace@example.org/path' }, '/email'],
    [{ phone: 'none' }, '/phone'],
    [{ phone: '030\n123' }, '/phone'],
    [{ phone: 30123456 }, '/phone'],
    [{ first_name: 'Grace', birthday: '1906-02-29' }, '/birthday'],
    [{ first_name: 'Grace', birthday: '9999-01-01' }, '/birthday'],
    [{ first_name: 'Grace', birthday: 19061209 }, '/birthday'],
    [{ first_name: 'Grace', birthday: true }, '/birthday'],
    [{ first_name: 'Grace', id: unknownId }, '/id'],
    [{ first_name: 'Grace', owner_id: unknownId, modseq: 1 }, '/owner_id', '/modseq'],
    [{ first_name: 'Grace', created_at: '2000-01-01T00:00:00Z' }, '/created_at'],
    [{ first_name: 'Grace', 'a/b~c': 1 }, '/a~1b~0c'],
    [{ first_name: 1, last_name: 2, email: 'x' }, '/first_name', '/last_name', '/email'],
    [null, ''],
    [[], ''],
    [[whole], ''],
    ['Grace', ''],
    [7, ''],
  ]
  for (const [body, ...pointers] of wrong) {
    it(`refuses ${JSON.stringify(body)}`, async () => {
      const headers = { 'content-type': 'application/json' }
      const answer = await ada.post('/api/contacts', JSON.stringify(body), headers)
      expectRefused(answer, ...pointers)
    })
  }
})
