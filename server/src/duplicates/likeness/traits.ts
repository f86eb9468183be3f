import { parseBirthday, type Birthday } from '../../book/birthday.ts'
import type { Contact } from '../../book/contact.ts'
import { companyKey } from './company-key.ts'
import { emailKey } from './email-key.ts'
import { createNameParts, type NameParts } from './name-part.ts'
import { readNicknames } from './nicknames.ts'
import { readName, type PersonName } from './person-name.ts'
import { createPhoneKeys, type PhoneKey, type PhoneKeys } from './phone-key.ts'
import { placeKey, type PlaceKey } from './place-key.ts'

/** All of a contact that says whether another one is of the same person. */
export type Traits = {
  name: PersonName | null
  emails: string[]
  phones: PhoneKey[]
  birthday: Birthday | null
  company: string | null
  places: PlaceKey[]
}

export type TraitsReader = (contact: Contact) => Traits

// What an import may bring beyond that is no person, and would cost time: of addresses, each two make a key.
const most = { emails: 100, phones: 100, addresses: 20 }

/** Reads the traits of contacts of one book, whose owner lives in this region. */
export function createTraitsReader(region: string | null): TraitsReader {
  const partOf = createNameParts(readNicknames())
  const phoneKeyOf = createPhoneKeys(region)
  return (contact) => readTraits(contact, partOf, phoneKeyOf)
}

function readTraits(contact: Contact, partOf: NameParts, phoneKeyOf: PhoneKeys): Traits {
  return {
    name: readName(contact, partOf),
    emails: unique(firstOf(contact.emails, most.emails).map(({ value }) => emailKey(value))),
    phones: firstOf(contact.phones, most.phones).flatMap(({ value }) => phoneKeyOf(value) ?? []),
    birthday: (contact.birthday !== null && parseBirthday(contact.birthday)) || null,
    company: companyKey(contact.company),
    places: firstOf(contact.addresses, most.addresses).flatMap(
      (address) => placeKey(address) ?? [],
    ),
  }
}

function firstOf<T>(items: readonly T[], count: number): readonly T[] {
  return items.length > count ? items.slice(0, count) : items
}

function unique(texts: (string | null)[]): string[] {
  return [...new Set(texts)].filter((text) => text !== null)
}
