// Arbitrary contacts and edits, for tests.
import { emptyItems } from '@kith/server/book/contact'
import {
  lists,
  recordOf,
  rulesOfList,
  type ListField,
  type TextField,
} from '@kith/server/book/fields'
import fc from 'fast-check'
import { formTexts, partsOf, type Editable, type Form } from './form.ts'

const text = fc.string({ minLength: 1, maxLength: 12, unit: 'grapheme' })
const maybe = fc.option(text, { nil: null })
const birthday = fc.option(
  fc.oneof(fc.constant('--02-29'), fc.constant('1990-04-30'), fc.constant('--12-31')),
  { nil: null },
)

function itemOf(list: ListField): fc.Arbitrary<object> {
  const { item } = rulesOfList(list)
  if (item === 'address') {
    return fc.record({ ...recordOf(addressParts, () => maybe), label: maybe, street: text })
  }
  if (item === 'messenger') return fc.record({ label: maybe, service: maybe, value: text })
  return fc.record({ label: maybe, value: text })
}

const addressParts = Object.keys(emptyItems.address) as (keyof typeof emptyItems.address)[]

/** Any contact, as the server answers it. */
export const anyContact: fc.Arbitrary<Editable> = fc
  .record({
    ...recordOf<TextField, fc.Arbitrary<string | null>>(formTexts, () => maybe),
    birthday,
    ...recordOf(lists, (list) => fc.array(itemOf(list), { maxLength: 3 })),
    label_ids: fc.uniqueArray(fc.uuid(), { maxLength: 3 }),
  })
  .map((contact) => contact as unknown as Editable)

type Edit = (form: Form) => void

const editOfText: fc.Arbitrary<Edit> = fc
  .record({ field: fc.constantFrom(...formTexts), text: fc.string({ maxLength: 12 }) })
  .map(({ field, text }) => (form) => {
    form.texts[field] = text
  })

const editOfRow: fc.Arbitrary<Edit> = fc
  .record({ list: fc.constantFrom(...lists), at: fc.nat(3), part: fc.nat(8), text })
  .map(({ list, at, part, text }) => (form) => {
    const row = form.lists[list][at]
    const parts = partsOf(list)
    if (row) row.parts[parts[part % parts.length] ?? 'label'] = text
  })

const removal: fc.Arbitrary<Edit> = fc
  .record({ list: fc.constantFrom(...lists), at: fc.nat(3) })
  .map(({ list, at }) => (form) => {
    form.lists[list].splice(at, 1)
  })

/** Some edits of a form, each changing it in place. */
export const anyEdits = fc.array(fc.oneof(editOfText, editOfRow, removal), { maxLength: 6 })

export function edited(form: Form, edits: Edit[]): Form {
  const result = structuredClone(form)
  for (const edit of edits) edit(result)
  return result
}
