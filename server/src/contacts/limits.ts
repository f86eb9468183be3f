import type { Contact } from '../book/contact.ts'
import {
  firstValueTable,
  isFirstValueField,
  isListField,
  isTextField,
  lists,
  textFields,
} from '../book/fields.ts'
import { contactFormats } from '../book/formats.ts'
import { invalidField, invalidInput } from '../errors.ts'
import { checkerOf } from '../http/validation.ts'
import { NewContact } from './body-schema.ts'
import { partOf, type ExistingValues } from './existing-values.ts'
import { itemSchemas } from './item-schema.ts'

const maxOctets = 64 * 1024

/**
 * Requires the formats and limits of a new contact for all values but existing ones.
 * @throws AppError `invalid`
 */
export function requireLimits(existing: ExistingValues, sent: NewContact): void {
  const errors = check(sent, (pointer) => isExisting(existing, sent, pointer))
  if (errors.length > 0) throw invalidInput(errors)
}

const check = checkerOf(NewContact, contactFormats, itemSchemas)

function isExisting(existing: ExistingValues, sent: NewContact, pointer: string): boolean {
  const [field = '', index, part] = pointer.slice(1).split('/')
  if (isTextField(field)) return existing.hasText(field, sent[field])
  if (isFirstValueField(field)) {
    return existing.hasPart(firstValueTable[field].list, 'value', sent[field])
  }
  if (!isListField(field)) return false
  const items = sent[field] ?? []
  if (index === undefined) return items.length <= existing.lengthOf(field)
  const item = items[Number(index)]
  if (item === undefined || part === undefined) return false
  return existing.hasPart(field, part, partOf(item, part))
}

/**
 * Limits the size of all fields together; if a card brought more, the size of what is new.
 * @param sent the fields beyond the simple shape that change
 * @throws AppError `invalid`
 */
export function requireSpace(
  current: Contact,
  existing: ExistingValues,
  next: Contact,
  sent: Partial<Contact>,
): void {
  if (octetsOf(next) <= maxOctets) return
  if (octetsOf(current) > maxOctets && octetsOf(newTexts(existing, next)) <= maxOctets) return
  const bySize = Object.entries(sent).sort(([, a], [, b]) => octetsOf(b) - octetsOf(a))
  const [largest] = bySize[0] ?? ['']
  throw invalidField(`/${largest}`, 'is too large: all fields together have at most 64 KiB.')
}

function newTexts(existing: ExistingValues, next: Contact): (string | null)[] {
  const fields = textFields.flatMap((field) =>
    existing.hasText(field, next[field]) ? [] : [next[field]],
  )
  const parts = lists.flatMap((list) =>
    next[list].flatMap((item) =>
      Object.entries(item).flatMap(([part, text]) =>
        existing.hasPart(list, part, text) ? [] : [text],
      ),
    ),
  )
  return [...fields, ...parts]
}

function octetsOf(value: unknown): number {
  return Buffer.byteLength(JSON.stringify(value))
}
