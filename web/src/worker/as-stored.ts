import type { Contact } from './calls.ts'
import { fieldsIn, isSame, type Values } from './contact-fields.ts'

/**
 * What was written, as a contact has it by now where the server stores it in another way: known labels and
 * services in small letters, white space as one space.
 */
export function asStored(written: Values, contact: Contact): Values {
  const stored = fieldsIn(written).map((field) => [field, storedIn(contact[field], written[field])])
  return Object.fromEntries(stored) as Values
}

function storedIn(now: unknown, written: unknown): unknown {
  if (Array.isArray(now) && Array.isArray(written)) {
    return written.map((item: unknown) => now.find((one) => isAlike(one, item)) ?? item)
  }
  return isAlike(now, written) ? now : written
}

function isAlike(one: unknown, other: unknown): boolean {
  return isSame(folded(one), folded(other))
}

function folded(value: unknown): unknown {
  const fold = (name: string, part: unknown) => {
    if (typeof part !== 'string') return part
    const text = part.replaceAll(/\s+/g, ' ').trim()
    return name === 'label' || name === 'service' ? text.toLowerCase() : text
  }
  return JSON.parse(JSON.stringify(value ?? null, fold))
}
