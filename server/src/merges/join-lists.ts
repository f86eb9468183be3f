import { domainToASCII } from 'node:url'
import type { Address, Contact, LabelledValue, Messenger } from '../book/contact.ts'
import type { ListField } from '../book/fields.ts'
import { fold } from '../book/fold.ts'
import { looksDialled, phoneForms } from '../book/phone-number.ts'

/** How two lists of one kind become one. */
type JoinRule<Item> = {
  /** Two items that are the same share one of these. */
  keysOf: (item: Item) => string[]
  /** Whether two items that share a key are the same. */
  isSame: (mine: Item, other: Item) => boolean
  /** What both become. */
  join: (mine: Item, other: Item) => Item
}

/** The items of a contact, in their order, and behind them those that only the other one has. */
export function joinLists(mine: Contact, other: Contact): Pick<Contact, ListField> {
  return {
    emails: joinList(emails, mine.emails, other.emails),
    phones: joinList(phones, mine.phones, other.phones),
    addresses: joinList(addresses, mine.addresses, other.addresses),
    links: joinList(links, mine.links, other.links),
    messengers: joinList(messengers, mine.messengers, other.messengers),
    dates: joinList(labelledValues, mine.dates, other.dates),
    relations: joinList(labelledValues, mine.relations, other.relations),
    custom_fields: joinCustomFields(mine.custom_fields, other.custom_fields),
  }
}

export function joinCustomFields(
  mine: readonly LabelledValue[],
  other: readonly LabelledValue[],
): LabelledValue[] {
  return joinList(labelledValues, mine, other)
}

function joinList<Item extends object>(
  { keysOf, isSame, join }: JoinRule<Item>,
  mine: readonly Item[],
  others: readonly Item[],
): Item[] {
  const joined = [...mine]
  const places = new Map<string, number[]>()
  const note = (item: Item, at: number) => {
    for (const key of keysOf(item)) places.getOrInsertComputed(key, () => []).push(at)
  }
  for (const [at, item] of joined.entries()) note(item, at)
  for (const item of others) {
    const candidates = new Set(keysOf(item).flatMap((key) => places.get(key) ?? []))
    const changed = [...candidates].flatMap((at) => {
      const mine = joined[at] as Item
      return isSame(mine, item) ? { at, item: join(mine, item) } : []
    })
    // The one that changes least: another one would become what that one is already.
    const [least = { at: joined.length, item }] = changed.toSorted(
      (a, b) => changesOf(joined[a.at] as Item, a.item) - changesOf(joined[b.at] as Item, b.item),
    )
    joined[least.at] = least.item
    note(least.item, least.at)
  }
  return joined
}

/** How much of an item becomes another text; its label counts less than anything else. */
function changesOf(before: object, after: object): number {
  const was = new Map<string, unknown>(Object.entries(before))
  const changed = Object.entries(after).filter(([name, text]) => was.get(name) !== text)
  return changed.reduce((sum, [name]) => sum + (name === 'label' ? 1 : 2), 0)
}

function withValue(nicer: (mine: string, other: string) => string) {
  return (mine: LabelledValue, other: LabelledValue): LabelledValue => ({
    label: mine.label ?? other.label,
    value: nicer(mine.value, other.value),
  })
}

const emails: JoinRule<LabelledValue> = {
  keysOf: ({ value }) => [emailKey(value)],
  isSame: () => true,
  join: withValue((mine, other) => (capitalsIn(other) < capitalsIn(mine) ? other : mine)),
}

const phones: JoinRule<LabelledValue> = {
  keysOf: ({ value }) => numberForms(value),
  isSame: (mine, other) => isSameNumber(numberForms(mine.value), numberForms(other.value)),
  join: withValue(nicerNumber),
}

const links: JoinRule<LabelledValue> = {
  keysOf: ({ value }) => [linkKey(value)],
  isSame: () => true,
  join: withValue((mine) => mine),
}

/** The label belongs to what such a value says: a wedding is no graduation of the same day. */
const labelledValues: JoinRule<LabelledValue> = {
  keysOf: ({ value }) => [fold(value)],
  isSame: (mine, other) => isCompatible(mine.label, other.label),
  join: withValue((mine) => mine),
}

const messengers: JoinRule<Messenger> = {
  keysOf: ({ value }) => [fold(value)],
  isSame: (mine, other) => isCompatible(mine.service, other.service),
  join: (mine, other) => ({
    label: mine.label ?? other.label,
    service: mine.service ?? other.service,
    value: mine.value,
  }),
}

const addresses: JoinRule<Address> = {
  keysOf: (address) => [...foldedParts(address)].map(([part, text]) => `${part} ${text}`),
  isSame: (mine, other) => holds(mine, other) || holds(other, mine),
  join: (mine, other) => ({
    ...(holds(mine, other) ? mine : other),
    label: mine.label ?? other.label,
  }),
}

/** Whether an address says all that another one does. */
function holds(whole: Address, part: Address): boolean {
  const parts = foldedParts(whole)
  return [...foldedParts(part)].every(([name, text]) => parts.get(name) === text)
}

function foldedParts(address: Address): Map<string, string> {
  const parts = Object.entries({ ...address, label: null }).flatMap(
    ([name, text]): [string, string][] => (text === null ? [] : [[name, fold(text)]]),
  )
  return new Map(parts)
}

/** Whether two texts are the same, or one of them is unknown. */
function isCompatible(mine: string | null, other: string | null): boolean {
  return mine === null || other === null || fold(mine) === fold(other)
}

/** The case of an address says nothing in practice; an accent in its local part does. */
function emailKey(text: string): string {
  const address = text.trim().toLowerCase()
  const at = address.lastIndexOf('@')
  const host = domainToASCII(address.slice(at + 1))
  return host === '' ? address : `${address.slice(0, at + 1)}${host}`
}

function capitalsIn(text: string): number {
  return text.length - text.replaceAll(/\p{Lu}/gu, '').length
}

/** The ways to dial a number, the first with its country's code if there are several. */
function numberForms(text: string): string[] {
  const folded = fold(text)
  // Letters and signs for pauses make another number of the same digits.
  return looksDialled(folded) ? phoneForms(text) : [folded]
}

/** Of numbers with their countries' codes, the ways to dial them at home say nothing. */
function isSameNumber(mine: readonly string[], other: readonly string[]): boolean {
  if (mine.length > 1 && other.length > 1) return mine[0] === other[0]
  return mine.some((form) => other.includes(form))
}

/** Prefers a number with its country's code, then one in groups of digits. */
function nicerNumber(mine: string, other: string): string {
  const rank = (text: string) =>
    (numberForms(text).length > 1 ? 2 : 0) + (/\d[\s().–/-]+\d/.test(text) ? 1 : 0)
  return rank(other) > rank(mine) ? other : mine
}

/** The case of scheme and host, and a slash at the end, say nothing. */
function linkKey(text: string): string {
  const [, start = '', rest = ''] =
    /^([a-z][a-z\d+.-]*:\/\/[^/?#]*)?(.*)$/is.exec(text.trim()) ?? []
  return `${start.toLowerCase()}${rest}`.replace(/\/$/, '')
}
