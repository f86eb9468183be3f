import type { Contact, LabelledValue } from '../book/contact.ts'
import { rulesOfText, type TextField } from '../book/fields.ts'
import { fold } from '../book/fold.ts'
import { fullName, hasName } from '../vcard/fields/full-name.ts'
import type { FurtherTexts } from '../vcard/further-texts.ts'
import { joinCustomFields, joinLists } from './join-lists.ts'

/** A contact that is merged into another one. */
export type JoinedContact = {
  contact: Contact
  /** What its card says that no field holds. */
  further?: FurtherTexts
}

/** A contact with all that other ones say, and nothing twice. */
export function joinContacts(into: Contact, others: readonly JoinedContact[]): Contact {
  return others.reduce(joinContact, into)
}

function joinContact(mine: Contact, other: JoinedContact): Contact {
  const joined = { ...mine, ...joinLists(mine, other.contact) }
  const kept = [
    ...joinName(joined, other),
    ...joinNickname(joined, other.contact),
    ...joinWork(joined, other),
  ]
  joined.custom_fields = joinCustomFields(joined.custom_fields, kept)
  joinBirthday(joined, other.contact)
  joined.additional_data = joinNotes(mine.additional_data, other.contact.additional_data)
  return joined
}

const nameParts = ['prefix', 'first_name', 'middle_name', 'last_name', 'suffix'] as const
const soundParts = ['phonetic_first_name', 'phonetic_middle_name', 'phonetic_last_name'] as const
const workParts = ['company', 'department', 'job_title'] as const

const otherWork = {
  company: 'Other company',
  department: 'Other department',
  job_title: 'Other job title',
} as const

/** Fills in the name, or, if it is another one, @returns it as custom fields. */
function joinName(mine: Contact, { contact: other, further }: JoinedContact): LabelledValue[] {
  const isSame = isCompatible(mine, other, nameParts)
  if (isSame) fill(mine, other, nameParts)
  const isSoundSame = isSame && isCompatible(mine, other, soundParts)
  if (isSoundSame) fill(mine, other, soundParts)
  const names = [...(isSame || !hasName(other) ? [] : [fullName(other)]), ...(further?.names ?? [])]
  const sound = soundParts.flatMap((part) => other[part] ?? []).join(' ')
  const known = new Set([fullName(mine), ...nicknamesOf(mine)].map(fold))
  return [
    ...names.filter((name) => !known.has(fold(name))).map((value) => kept('Other name', value)),
    ...(isSoundSame ? [] : [kept('Other phonetic name', sound)]),
  ].filter(({ value }) => value !== '')
}

function joinNickname(mine: Contact, other: Contact): LabelledValue[] {
  const known = new Set(nicknamesOf(mine).map(fold))
  const further = nicknamesOf(other).filter((name) => !known.has(fold(name)))
  if (further.length === 0) return []
  const all = [mine.nickname, ...further].filter((name) => name !== null).join(', ')
  const hasRoom = Array.from(all).length <= rulesOfText('nickname').maxLength
  if (!hasRoom && mine.nickname !== null) return [kept('Other nickname', further.join(', '))]
  mine.nickname = all
  return []
}

function nicknamesOf({ nickname }: Contact): string[] {
  return nickname === null ? [] : nickname.split(/,\s+/).filter((name) => name !== '')
}

/** What somebody is in one company is nothing in another one. */
function joinWork(mine: Contact, { contact: other, further }: JoinedContact): LabelledValue[] {
  const isSameCompany = mine.company !== null && isSame(mine.company, other.company)
  if (isSameCompany || isCompatible(mine, other, workParts)) fill(mine, other, workParts)
  const left = workParts.flatMap((part) => {
    const text = other[part]
    return text === null || isSame(mine[part], text) ? [] : [kept(otherWork[part], text)]
  })
  const companies = further?.companies ?? []
  const titles = further?.titles ?? []
  return [
    ...left,
    ...companies.map((text) => kept(otherWork.company, text)),
    ...titles.map((text) => kept(otherWork.job_title, text)),
  ]
}

function joinBirthday(mine: Contact, { birthday }: Contact) {
  if (birthday === null || birthday === mine.birthday) return
  const isSameDay = mine.birthday?.slice(-5) === birthday.slice(-5)
  if (mine.birthday === null || (isSameDay && mine.birthday.startsWith('--'))) {
    mine.birthday = birthday
  } else if (!isSameDay || !birthday.startsWith('--')) {
    mine.dates = joinCustomFields(mine.dates, [kept('Other birthday', birthday)])
  }
}

function joinNotes(mine: string | null, other: string | null): string | null {
  if (mine === null || other === null) return mine ?? other
  if (mine.includes(other)) return mine
  return other.includes(mine) ? other : `${mine}\n\n${other}`
}

/** Whether no part of one contradicts the other. */
function isCompatible(mine: Contact, other: Contact, parts: readonly TextField[]): boolean {
  return parts.every(
    (part) => mine[part] === null || other[part] === null || isSame(mine[part], other[part]),
  )
}

/** Takes the parts that are missing, and nicer spellings of those that are the same. */
function fill(mine: Contact, other: Contact, parts: readonly TextField[]) {
  for (const part of parts) {
    const [text, wanted] = [mine[part], other[part]]
    if (wanted === null) continue
    if (text === null || (isSame(text, wanted) && niceness(wanted) > niceness(text))) {
      mine[part] = wanted
    }
  }
}

function isSame(mine: string | null, other: string | null): boolean {
  return mine !== null && other !== null && fold(mine) === fold(other)
}

/** Letters of both cases count more than accents, and both more than neither. */
function niceness(text: string): number {
  const isMixed = text !== text.toLowerCase() && text !== text.toUpperCase()
  return (isMixed ? 2 : 0) + (/[^\p{ASCII}]/u.test(text) ? 1 : 0)
}

function kept(label: string, value: string): LabelledValue {
  return { label, value }
}
