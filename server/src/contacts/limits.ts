import { contactFormats } from '../book/formats.ts'
import { invalidField, invalidInput } from '../errors.ts'
import { checkerOf } from '../http/validation.ts'
import type { ExistingValues } from './existing-values.ts'
import { NewContact } from './body-schema.ts'
import { lists, textFields, type Contact } from '../book/contact.ts'

const maxOctets = 64 * 1024

/**
 * Holds what is sent to the formats and limits of a new contact, but for what is there already.
 * @throws AppError `invalid`
 */
export function requireLimits(kept: ExistingValues, sent: object): void {
  const errors = check(sent, (pointer) => isThere(kept, sent, pointer))
  if (errors.length > 0) throw invalidInput(errors)
}

const check = checkerOf(NewContact, contactFormats)

function isThere(kept: ExistingValues, sent: object, pointer: string): boolean {
  const [field = '', index, part] = pointer.slice(1).split('/')
  const value = (sent as Record<string, unknown>)[field]
  if (!Array.isArray(value)) return kept.hasText(field, null, value)
  if (index === undefined) return value.length <= kept.lengthOf(field)
  return part !== undefined && kept.hasText(field, part, value[Number(index)]?.[part])
}

/**
 * All fields together have room; where a card brought more than that, what is new has.
 * @param sent the fields that are not simple ones, as they shall be
 * @throws AppError `invalid`
 */
export function requireSpace(
  current: Contact,
  kept: ExistingValues,
  next: Contact,
  sent: Record<string, unknown>,
): void {
  if (octetsOf(next) <= maxOctets) return
  if (octetsOf(current) > maxOctets && octetsOf(newTexts(kept, next)) <= maxOctets) return
  const [largest = ''] = Object.keys(sent).sort((a, b) => octetsOf(sent[b]) - octetsOf(sent[a]))
  throw invalidField(`/${largest}`, 'is too large: all fields together have at most 64 KiB.')
}

function newTexts(kept: ExistingValues, next: Contact): unknown[] {
  const fields = textFields.flatMap((field) =>
    kept.hasText(field, null, next[field]) ? [] : [next[field]],
  )
  const parts = lists.flatMap((list) =>
    next[list].flatMap((item) =>
      Object.entries(item).flatMap(([part, text]) =>
        kept.hasText(list, part, text) ? [] : [text],
      ),
    ),
  )
  return [...fields, ...parts]
}

function octetsOf(value: unknown): number {
  return Buffer.byteLength(JSON.stringify(value))
}
