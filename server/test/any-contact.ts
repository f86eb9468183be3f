import fc from 'fast-check'
import type { Contact } from '../src/book/contact.ts'
import { canonicalContact } from '../src/vcard/canonical.ts'

const text = fc.oneof(
  fc.string({ unit: 'grapheme', maxLength: 20 }),
  fc.string({ unit: fc.constantFrom('a', 'ß', ' ', ';', ',', '\\', '\n', ':', '"', '𝄞') }),
  fc.constantFrom('home', 'Work', 'mobile', 'birthday', 'ada@example.org', '+49 30 123', '--02-29'),
)
const maybe = fc.option(text)
const list = <T>(item: fc.Arbitrary<T>) => fc.array(item, { maxLength: 4 })
const labelled = fc.record({ label: maybe, value: text })

/** Any contact, as a card would give it back; its birthday may lie in the future. */
export const anyContact: fc.Arbitrary<Contact> = fc
  .record({
    prefix: maybe,
    first_name: maybe,
    middle_name: maybe,
    last_name: maybe,
    suffix: maybe,
    phonetic_first_name: maybe,
    phonetic_middle_name: maybe,
    phonetic_last_name: maybe,
    nickname: maybe,
    company: maybe,
    department: maybe,
    job_title: maybe,
    birthday: fc.option(fc.constantFrom('1990-01-02', '--02-29', '2024-02-29', '2999-01-01')),
    additional_data: maybe,
    emails: list(labelled),
    phones: list(labelled),
    addresses: list(
      fc.record({
        label: maybe,
        street: maybe,
        extended: maybe,
        po_box: maybe,
        city: maybe,
        region: maybe,
        postal_code: maybe,
        country: maybe,
      }),
    ),
    links: list(labelled),
    messengers: list(fc.record({ label: maybe, service: maybe, value: text })),
    dates: list(labelled),
    relations: list(labelled),
    custom_fields: list(labelled),
  })
  .map(canonicalContact)
