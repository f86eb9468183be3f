import fc from 'fast-check'
import type { Contact } from './calls.ts'
import { emptyContact, withValues, type Values } from './contact-fields.ts'

/** For tests: few texts, so that both sides of a merge often touch the same. */
const text = fc.constantFrom('one', 'two', 'three')
const value = fc.record(
  { label: fc.option(fc.constantFrom('home', 'work')), value: text },
  { noNullPrototype: true },
)
const values = fc.uniqueArray(value, { selector: (item) => item.value, maxLength: 3 })

/** What somebody may set of a contact. */
export const anyValues: fc.Arbitrary<Values> = fc.record(
  {
    first_name: fc.option(text),
    company: fc.option(text),
    additional_data: fc.option(fc.constantFrom('note', 'note and more', 'other', 'note\nline')),
    phones: values,
    emails: values,
    label_ids: fc.uniqueArray(fc.constantFrom('friends', 'work', 'family')),
  },
  { requiredKeys: [], noNullPrototype: true },
)

export const anyContact: fc.Arbitrary<Contact> = anyValues.map((known) =>
  withValues(
    emptyContact('01a20497-405b-7167-a9e2-939dbd06ad08', '2026-11-29T10:00:00.000Z'),
    known,
  ),
)
