import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { emptyContact } from '@kith/server/book/contact'
import { knownLabels } from '@kith/server/book/known-labels'
import fc from 'fast-check'
import { anyContact } from './any-form.ts'
import { readBirthday } from './birthday-parts.ts'
import { faultsOf, fieldAt } from './faults.ts'
import { emptyForm, formOf, type Form } from './form.ts'
import { labelsOfLists } from './labels-of-lists.ts'

function reasons(change: (form: Form) => void, base = emptyForm()) {
  const form = structuredClone(base)
  change(form)
  return faultsOf(form, base).map((fault) => [fault.field, 'reason' in fault ? fault.reason : ''])
}

const row = (value: string, key = 'new') => ({ key, parts: { label: 'home', value } })

describe('the faults of a form', () => {
  it('are none for a contact as it is, whatever its card had', () => {
    fc.assert(
      fc.property(anyContact, (contact) => !faultsOf(formOf(contact), formOf(contact)).length),
    )
  })

  it('ask for a name, an e-mail or a phone', () => {
    assert.deepEqual(
      reasons((form) => (form.texts.first_name = '  ')),
      [['field-first_name', 'name-needed']],
    )
    assert.deepEqual(
      reasons((form) => (form.texts.company = 'Acme')),
      [],
    )
    assert.deepEqual(
      reasons((form) => form.lists.phones.push(row('112'))),
      [],
    )
  })

  it('do not ask for one where there never was one', () => {
    const base = formOf({ ...emptyContact(), additional_data: 'x', label_ids: [] })
    assert.deepEqual(
      reasons((form) => (form.texts.additional_data = 'y'), base),
      [],
    )
  })

  it('name each wrong e-mail and phone', () => {
    const found = reasons((form) => {
      form.lists.emails.push(row('ada@example.org', 'a'), row('ada@example', 'b'), row('ada', 'c'))
      form.lists.phones.push(row('mobile', 'd'), row('+44 20', 'e'), row('٠١٢', 'f'), row(' ', 'g'))
    })
    assert.deepEqual(found, [
      ['b-value', 'email'],
      ['c-value', 'email'],
      ['d-value', 'phone'],
    ])
  })

  it('leave an old value alone, also under another label', () => {
    const contact = { ...emptyContact(), emails: [{ label: null, value: 'x400' }], label_ids: [] }
    const base = formOf(contact)
    const change = (form: Form) =>
      (form.lists.emails = form.lists.emails.map((row) => ({
        ...row,
        parts: { ...row.parts, label: 'work' },
      })))
    assert.deepEqual(reasons(change, base), [])
  })

  it('count characters as people do', () => {
    assert.deepEqual(
      reasons((form) => (form.texts.first_name = '😀'.repeat(200))),
      [],
    )
    assert.deepEqual(
      reasons((form) => (form.texts.first_name = '😀'.repeat(201))),
      [['field-first_name', 'too-long']],
    )
  })
})

describe('a typed birthday', () => {
  const read = (day: string, month: string, year: string) => readBirthday({ day, month, year })

  it('needs no year, and may be 29 February', () => {
    assert.deepEqual(read('29', '2', ''), { text: '--02-29' })
    assert.deepEqual(read('1', '5', ''), { text: '--05-01' })
    assert.deepEqual(read('29', '2', '2000'), { text: '2000-02-29' })
    assert.deepEqual(read('', '', ''), { text: null })
  })

  it('needs all four digits of a year', () => {
    assert.deepEqual(read('1', '5', '85'), { fault: 'year' })
    assert.deepEqual(read('1', '5', '00'), { fault: 'year' })
  })

  it('is refused where there is no such day', () => {
    assert.deepEqual(read('31', '4', ''), { fault: 'no-such-day' })
    assert.deepEqual(read('29', '2', '2001'), { fault: 'no-such-day' })
    assert.deepEqual(read('0', '2', ''), { fault: 'no-such-day' })
    assert.deepEqual(read('x', '2', ''), { fault: 'no-such-day' })
    assert.deepEqual(read('1', '1', '0000'), { fault: 'no-such-day' })
  })

  it('is refused without its day or month, and in the future', () => {
    assert.deepEqual(read('3', '', '1990'), { fault: 'incomplete' })
    assert.deepEqual(read('', '4', ''), { fault: 'incomplete' })
    assert.deepEqual(read('1', '1', '9999'), { fault: 'future' })
  })
})

describe('a pointer of the server', () => {
  const form = emptyForm()
  form.lists.phones = [row('', 'empty'), row('1', 'a'), row('2', 'b')]
  form.lists.addresses = [{ key: 'c', parts: { label: '', street: 'x', city: '' } }]

  it('finds the field of the form, counting the rows that were sent', () => {
    assert.deepEqual(fieldAt('/phones/1/value', form), { field: 'b-value', list: 'phones' })
    assert.deepEqual(fieldAt('/phones/0/label', form), { field: 'a-label', list: 'phones' })
    assert.deepEqual(fieldAt('/phones', form), { field: 'b-value', list: 'phones' })
    assert.deepEqual(fieldAt('/addresses/0/city', form), { field: 'c-city', list: 'addresses' })
    assert.deepEqual(fieldAt('/addresses/0', form), { field: 'c-street', list: 'addresses' })
    assert.deepEqual(fieldAt('/first_name', form), { field: 'field-first_name' })
    assert.deepEqual(fieldAt('/birthday', form), { field: 'birthday-day' })
    assert.deepEqual(fieldAt('/phone', form), { field: 'a-value', list: 'phones' })
  })

  it('is null for what no field shows', () => {
    assert.equal(fieldAt('', form), null)
    assert.equal(fieldAt('/emails/3/value', form), null)
    assert.equal(fieldAt('/revision', form), null)
  })
})

describe('the labels that lists offer', () => {
  it('are known to the server', () => {
    const known = new Set(knownLabels.map(({ label }) => label))
    for (const label of Object.values(labelsOfLists).flat()) assert.ok(known.has(label), label)
  })
})
