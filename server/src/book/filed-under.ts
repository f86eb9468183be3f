import type { Contact } from './contact.ts'

/** What a card wants its names to be sorted as (SORT-AS and SORT-STRING). */
export type SortAs = {
  lastName: string | null
  firstName: string | null
  company: string | null
}

/** What a contact is filed under, and what decides among those that are filed under the same. */
export type FiledUnder = { name: string; givenName: string }

const han = /\p{Script=Han}/u

/**
 * What a contact is filed under: its last name, or else the name that is shown, as its card wants it
 * sorted. Of a name in Chinese characters, which say nothing of its sound, that is the phonetic one.
 */
export function filedUnder(contact: Contact, sortAs: SortAs | null = null): FiledUnder {
  const lastName = sortAs?.lastName ?? sounded(contact.last_name, contact.phonetic_last_name)
  const firstName = sortAs?.firstName ?? sounded(contact.first_name, contact.phonetic_first_name)
  if (lastName !== null) return { name: lastName, givenName: firstName ?? '' }
  const name = firstName ?? contact.middle_name ?? withoutName(contact, sortAs)
  return { name: name ?? '', givenName: '' }
}

function sounded(name: string | null, phonetic: string | null): string | null {
  return phonetic !== null && (name === null || han.test(name)) ? phonetic : name
}

/** What is shown of a contact without a name. */
function withoutName(contact: Contact, sortAs: SortAs | null): string | null {
  return (
    sortAs?.company ??
    contact.company ??
    contact.nickname ??
    contact.emails[0]?.value ??
    contact.phones[0]?.value ??
    contact.prefix ??
    contact.suffix
  )
}
