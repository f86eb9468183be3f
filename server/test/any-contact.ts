import fc from 'fast-check'
import type { Contact } from '../src/book/contact.ts'
import { lists, recordOf, rulesOfList, textFields, type ListField } from '../src/book/fields.ts'
import { canonicalContact } from '../src/vcard/canonical.ts'

type Parts = {
  text: fc.Arbitrary<string>
  birthday: fc.Arbitrary<string>
  label?: fc.Arbitrary<string | null>
  service?: fc.Arbitrary<string | null>
}
type ListArbitraries = { [List in ListField]: fc.Arbitrary<Contact[List]> }

/** Contacts with these texts in any of their fields. */
export function contactsOf(parts: Parts): fc.Arbitrary<Contact> {
  const { text, birthday, label = fc.option(text), service = fc.option(text) } = parts
  const maybe = fc.option(text)
  const items = {
    value: record({ label, value: text }),
    address: record({
      label,
      street: maybe,
      extended: maybe,
      po_box: maybe,
      city: maybe,
      region: maybe,
      postal_code: maybe,
      country: maybe,
    }),
    messenger: record({ label, service, value: text }),
  }
  const listOf = (list: ListField) => {
    return fc.array<object>(items[rulesOfList(list).item], { maxLength: 4 })
  }
  return record<Contact>({
    ...recordOf(textFields, () => maybe),
    birthday: fc.option(birthday),
    ...(recordOf(lists, listOf) as ListArbitraries),
  })
}

/** Any contact, as a card would give it back; its birthday may lie in the future. */
export const anyContact: fc.Arbitrary<Contact> = contactsOf({
  text: fc.oneof(
    fc.string({ unit: 'grapheme', maxLength: 20 }),
    fc.string({ unit: fc.constantFrom('a', 'ß', ' ', ';', ',', '\\', '\n', ':', '"', '𝄞') }),
    fc.constantFrom(
      'home',
      'Work',
      'mobile',
      'birthday',
      'ada@example.org',
      '+49 30 123',
      '--02-29',
    ),
  ),
  birthday: fc.constantFrom('1990-01-02', '--02-29', '2024-02-29', '2999-01-01'),
}).map(canonicalContact)

function record<T>(model: { [Key in keyof T]: fc.Arbitrary<T[Key]> }): fc.Arbitrary<T> {
  return fc.record(model, { noNullPrototype: true })
}
