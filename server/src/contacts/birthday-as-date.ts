import { parseBirthday } from '../birthdays/birthday.ts'
import type { WholeContact } from './whole-contact.ts'

export const birthdayLabel = 'birthday'

/** Whether a birthday, which came in a card, lies in the future: nobody can celebrate it. */
export function isShownAsDate({ birthday }: Pick<WholeContact, 'birthday'>): boolean {
  return birthday !== null && parseBirthday(birthday) === undefined
}

/** A contact as callers see it: such a birthday stands among the dates. */
export function withBirthdayAsDate(contact: WholeContact): WholeContact {
  const { birthday, dates } = contact
  if (birthday === null || !isShownAsDate(contact)) return contact
  return {
    ...contact,
    birthday: null,
    dates: [...dates, { label: birthdayLabel, value: birthday }],
  }
}
