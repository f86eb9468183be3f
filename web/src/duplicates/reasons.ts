import { fold } from '@kith/server/book/fold'
import { digitsOf } from '@kith/server/book/phone-number'
import type { DuplicateGroup } from '@kith/server/duplicates/schema'
import { titleOf } from '../data/title.ts'
import { currentLocale, text } from '../strings/text.ts'

type Reasons = Pick<DuplicateGroup, 'reasons' | 'contacts'>

/** What speaks for a group, in words: “same e-mail ada@example.org, similar name”. */
export function reasonsOf({ reasons, contacts }: Reasons): string {
  const words = reasons.map(({ kind, value }) => {
    if (kind === 'name') return nameReason(contacts)
    const shown = kind === 'phone' ? asTyped(value, contacts) : value
    return text(`duplicates.reason-${kind}`, { value: shown })
  })
  const list = new Intl.ListFormat(currentLocale(), { type: 'unit' })
  return list.format(new Set(words))
}

/** A number as one of its contacts has it, which is easier to read than its digits in a row. */
function asTyped(number: string, contacts: Reasons['contacts']): string {
  const phones = contacts.flatMap((contact) => contact.phones.map(({ value }) => value))
  return phones.find((phone) => isNumber(phone, number)) ?? number
}

/** Whether a phone is the international number, which may have been typed as it is dialled at home. */
function isNumber(phone: string, number: string): boolean {
  const digits = digitsOf(phone).replace(/^0+/, '')
  return digits !== '' && number.endsWith(digits)
}

function nameReason(contacts: Reasons['contacts']): string {
  const names = new Set(contacts.map((contact) => fold(titleOf(contact))))
  return text(names.size === 1 ? 'duplicates.reason-name-same' : 'duplicates.reason-name')
}
