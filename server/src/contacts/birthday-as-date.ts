import { isDeepStrictEqual } from 'node:util'
import { parseBirthday } from '../book/birthday.ts'
import { typedDate } from '../vcard/fields/card-date.ts'
import type { Contact } from '../book/contact.ts'

export const birthdayLabel = 'birthday'

/** Whether a birthday, which came in a card, lies in the future: nobody can celebrate it. */
export function isShownAsDate({ birthday }: Pick<Contact, 'birthday'>): boolean {
  return birthday !== null && parseBirthday(birthday) === undefined
}

/** A contact as callers see it: such a birthday stands among the dates. */
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
 * A contact in whose card a birthday takes the place of one that is no date, such as “circa 1800”:
 * that stands among the dates, and goes, unless these were changed as well.
 * @param stated what the card says as yet
 */
export function withoutOldBirthday(next: Contact, stated: Contact): Contact {
  const isSet = stated.birthday === null && next.birthday !== null
  if (!isSet || !isDeepStrictEqual(next.dates, stated.dates)) return next
  const isOld = ({ label, value }: Contact['dates'][number]) =>
    label === birthdayLabel && typedDate(value) === null
  return { ...next, dates: next.dates.filter((date) => !isOld(date)) }
}
