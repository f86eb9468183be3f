import { isDeepStrictEqual } from 'node:util'
import { parseBirthday } from '../book/birthday.ts'
import type { Contact } from '../book/contact.ts'
import { typedDate } from '../vcard/fields/card-date.ts'

export const birthdayLabel = 'birthday'

/** Whether a birthday, which can only come from a card, lies in the future. */
export function isShownAsDate({ birthday }: Pick<Contact, 'birthday'>): boolean {
  return birthday !== null && parseBirthday(birthday) === undefined
}

/** A contact as the API shows it: a birthday in the future stands among the dates. */
export function withBirthdayAsDate(contact: Contact): Contact {
  const { birthday, dates } = contact
  if (birthday === null || !isShownAsDate(contact)) return contact
  return {
    ...contact,
    birthday: null,
    dates: [...dates, { label: birthdayLabel, value: birthday }],
  }
}

/**
 * Removes the old birthday of a card, such as “circa 1800”, when a proper one takes its place. It
 * stands among the dates, and stays if these were changed as well.
 * @param stated the contact as its card states it now
 */
export function withoutOldBirthday(next: Contact, stated: Contact): Contact {
  const isSet = stated.birthday === null && next.birthday !== null
  if (!isSet || !isDeepStrictEqual(next.dates, stated.dates)) return next
  const isOld = ({ label, value }: Contact['dates'][number]) =>
    label === birthdayLabel && typedDate(value) === null
  return { ...next, dates: next.dates.filter((date) => !isOld(date)) }
}
