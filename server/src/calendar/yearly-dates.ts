import { createHash } from 'node:crypto'
import type { Contact, LabelledValue } from '../book/contact.ts'
import { oneLine } from '../book/text.ts'
import { typedDate } from '../vcard/fields/card-date.ts'
import { fullName, noName } from '../vcard/fields/full-name.ts'
import type { Words } from './languages.ts'

/** The kinds of dates that a calendar may have. */
export const kinds = ['birthdays', 'anniversaries', 'dates'] as const
export type Kind = (typeof kinds)[number]

/** A date of a contact that comes again every year. */
export type YearlyDate = {
  kind: Kind
  /** Stays while the contact has a date of this label, also when the date is another one. */
  uid: string
  /** month * 100 + day */
  md: number
  /** When it was for the first time; null where the year is unknown. */
  year: number | null
  /** Of occurrences that do not say how many years have passed. */
  title: string
  /** Of the occurrence so many years after the first one; null where years are not counted. */
  titleAfter: ((years: number) => string) | null
}

/** What of a contact its dates are made of. `died` is the date of death of its card. */
export type DatedContact = { id: string; contact: Contact; died: string | null }

/** How a calendar speaks of people. */
export type Wording = { words: Words; isLastNameFirst: boolean }

// An event ends on the day after it, which has to be in a year of four digits.
const lastYear = 9998

/** All dates of a contact that come again; texts that are no dates are left out. */
export function yearlyDates(dated: DatedContact, wording: Wording): YearlyDate[] {
  const { contact } = dated
  const { words } = wording
  const name = nameOf(contact, wording)
  const death = deathOf(dated)
  const countByLabel = new Map<string, number>()
  const found: YearlyDate[] = []
  for (const { label, value } of distinct(statedDates(contact))) {
    const date = readDate(value)
    if (!date) continue
    const key = (label ?? '').toLowerCase()
    const count = (countByLabel.get(key) ?? 0) + 1
    countByLabel.set(key, count)
    const kind = kindOf(key)
    const titles =
      kind === 'birthdays'
        ? birthdayTitles(name, date, death, words)
        : otherTitles(name, date, wordFor(label, key, words), words)
    found.push({ kind, uid: uidOf(dated.id, key, count), ...date, ...titles })
  }
  return found
}

function statedDates({ birthday, dates }: Contact): LabelledValue[] {
  return birthday === null ? dates : [{ label: 'birthday', value: birthday }, ...dates]
}

function distinct(dates: LabelledValue[]): LabelledValue[] {
  if (dates.length < 2) return dates
  const keys = dates.map(({ label, value }) => JSON.stringify([label?.toLowerCase(), value]))
  return dates.filter((_date, index) => keys.indexOf(keys[index] ?? '') === index)
}

type Day = { year: number | null; md: number }

function readDate(text: string): Day | undefined {
  const date = typedDate(text)
  if (date === null) return undefined
  const md = Number(date.slice(-5).replace('-', ''))
  if (date.startsWith('--')) return { year: null, md }
  const year = Number(date.slice(0, 4))
  return year > lastYear ? undefined : { year, md }
}

type Titles = Pick<YearlyDate, 'title' | 'titleAfter'>

/** Nobody grows older after their death. */
function birthdayTitles(name: string, { year }: Day, death: Death, words: Words): Titles {
  const title = `${name}: ${words.birthday}`
  if (death) return { title: `${title} (${lifeOf(year, death.year)})`, titleAfter: null }
  if (year === null) return { title, titleAfter: null }
  return { title: `${title} (${year})`, titleAfter: (age) => words.turns(name, age) }
}

function lifeOf(born: number | null, died: number | null): string {
  if (born !== null && died !== null) return `${born}–${died}`
  return [born, died === null ? '†' : `† ${died}`].filter((part) => part !== null).join(', ')
}

function otherTitles(name: string, { year }: Day, word: string, words: Words): Titles {
  const title = `${name}: ${word}`
  if (year === null) return { title, titleAfter: null }
  return {
    title: `${title} (${year})`,
    titleAfter: (count) => `${title} (${words.years(count)})`,
  }
}

function nameOf(contact: Contact, { words, isLastNameFirst }: Wording): string {
  const name = fullName(isLastNameFirst ? withLastNameFirst(contact) : contact)
  return name === noName ? words.noName : (inTitle(name) ?? words.noName)
}

// Embeddings, overrides and isolates (UAX #9), which could turn round the rest of a title.
const directionalFormatting = /[\u202a-\u202e\u2066-\u2069]/g

function inTitle(text: string): string | null {
  return oneLine(text.replaceAll(directionalFormatting, ''))
}

/** The full name of what this makes has the last name in front. */
function withLastNameFirst(contact: Contact): Contact {
  const { first_name, middle_name, last_name } = contact
  return { ...contact, first_name: last_name, middle_name: first_name, last_name: middle_name }
}

function kindOf(key: string): Kind {
  if (key === 'birthday') return 'birthdays'
  return key === 'anniversary' ? 'anniversaries' : 'dates'
}

function wordFor(label: string | null, key: string, words: Words): string {
  if (key === 'anniversary') return words.anniversary
  return key === 'other' ? words.date : (inTitle(label ?? '') ?? words.date)
}

/** Without the name of a host (RFC 7986, 5.3): a server that moves has the same events. */
function uidOf(contactId: string, key: string, count: number): string {
  const isPlain = key === 'birthday' || key === 'anniversary'
  const name = isPlain ? key : createHash('sha256').update(key).digest('hex').slice(0, 16)
  return `${contactId}-${name}${count === 1 ? '' : `-${count}`}`
}

type Death = { year: number | null } | undefined

const deathLabel =
  /^(?:†|death|death ?da(?:te|y)|da(?:te|y) of death|died|deceased|passed away|gestorben|verstorben|tod|todestag|todesdatum|sterbe(?:tag|datum)|смерть|(?:день|дата) смерті|помер(?:ла)?)$/i

/** That somebody has died, as a date of theirs says; its year where that is known. */
function deathOf({ contact, died }: DatedContact): Death {
  const value =
    died ?? contact.dates.find(({ label }) => deathLabel.test(label?.trim() ?? ''))?.value
  if (value === undefined) return undefined
  const year = readDate(value)?.year ?? /(?<!\d)\d{4}(?!\d)/.exec(value)?.[0]
  return { year: year === undefined ? null : Number(year) }
}
