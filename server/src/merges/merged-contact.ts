import { maxLabelsOfContact, type Contact } from '../book/contact.ts'
import { isTextField } from '../book/fields.ts'
import { categoryKey, labelKey } from '../book/label-name.ts'
import { applyPatch } from '../contacts/apply-input.ts'
import { withBirthdayAsDate } from '../contacts/birthday-as-date.ts'
import type { ContactPatch } from '../contacts/body-schema.ts'
import { cardOf } from '../contacts/card-of.ts'
import type { WantedContact } from '../contacts/edit.ts'
import { existingValuesOf, type ExistingValues } from '../contacts/existing-values.ts'
import { keepSpelling } from '../contacts/keep-spelling.ts'
import { requireLimits, requireSpace } from '../contacts/limits.ts'
import { fromColumns } from '../contacts/store/columns.ts'
import type { CardedRow } from '../contacts/store/rows.ts'
import { AppError, invalidField, invalidInput } from '../errors.ts'
import { furtherTexts } from '../vcard/further-texts.ts'
import { joinCards, withoutAltIds } from '../vcard/join-cards.ts'
import { readCard } from '../vcard/read-card.ts'
import { VcardError } from '../vcard/vcard-error.ts'
import { joinContacts, type JoinedContact } from './join-contacts.ts'

/** How many contacts are merged into another one at once. */
export const maxOthers = 20

/** Which contacts become one, and what their owner chose for it. */
export type Merging = {
  /** The contact that stays, with its id and its UID. */
  into: CardedRow
  others: readonly CardedRow[]
  /** The names of all their labels, and of those that are chosen. */
  labelNames: ReadonlyMap<string, string>
  /** As in PATCH: applied to what they are together. */
  fields?: ContactPatch | undefined
}

/**
 * What a contact becomes that others are merged into: all that they say, nothing twice. Single values that
 * differ stay those of `into`, or the ones that are chosen; the other ones become nicknames, dates and
 * custom fields. Lines of their cards that no field holds go into its card.
 * @throws AppError `invalid` for a chosen value, or a field that has no room for all of them;
 *   `too_large` where the card has none
 */
export function mergedContact({ into, others, labelNames, fields = {} }: Merging): WantedContact {
  const own = contactOf(into)
  const theirs = others.map(joinable)
  const joined = joinChosen(own, theirs, fields)
  const contact = inFields(() => applyPatch(joined, fields))
  requireRoom(contact, [own, ...theirs.map((one) => one.contact)])
  const labelIds = labelsOf([into, ...others], labelNames, fields)
  const card = joinedCard(into, theirs, joined)
  return {
    contact,
    labelIds,
    ...(card !== null && { card, categories: categoriesFor(into, card, labelIds, labelNames) }),
  }
}

/** The fields of what contacts would become, without their cards: for suggestions. */
export function joinedFields(
  into: Parameters<typeof fromColumns>[0],
  others: readonly Parameters<typeof fromColumns>[0][],
): Contact {
  const contacts = others.map((row) => ({ contact: fromColumns(row) }))
  return joinContacts(fromColumns(into), contacts)
}

type Carded = JoinedContact & { card: string | null }

function joinable(row: CardedRow): Carded {
  if (row.card === null) return { contact: fromColumns(row), card: null }
  const card = withoutAltIds(row.card)
  const contact = keepSpelling(readCard(card).contact, fromColumns(row))
  return { contact, card, further: furtherTexts(card) }
}

/** As its card states it: a newer reader may find more there than is stored. */
function contactOf(row: CardedRow): Contact {
  const stored = fromColumns(row)
  return row.card === null ? stored : keepSpelling(readCard(row.card).contact, stored)
}

/** With a chosen text, what `into` said before is one more value that differs. */
function joinChosen(own: Contact, theirs: readonly Carded[], fields: ContactPatch): Contact {
  const chosen = Object.entries(fields).filter(([name, text]) => isTextField(name) && text)
  if (chosen.length === 0) return joinContacts(own, theirs)
  const start = inFields(() => applyPatch(own, Object.fromEntries(chosen)))
  return joinContacts(start, [{ contact: own }, ...theirs])
}

function labelsOf(
  rows: readonly CardedRow[],
  names: ReadonlyMap<string, string>,
  { label_ids: chosen }: ContactPatch,
): string[] {
  const all = chosen === undefined ? rows.flatMap((row) => row.label_ids) : (chosen ?? [])
  const ids = [...new Set(all.map((id) => id.toLowerCase()))]
  const unknown = chosen?.findIndex((id) => !names.has(id.toLowerCase())) ?? -1
  if (unknown >= 0) throw invalidField(`/fields/label_ids/${unknown}`, 'is not one of your labels.')
  // A label that is being deleted goes with this change.
  const known = ids.filter((id) => names.has(id))
  if (known.length <= maxLabelsOfContact) return known
  const detail = `would be ${known.length} labels: a contact has at most ${maxLabelsOfContact}.`
  throw invalidField('/fields/label_ids', detail)
}

/** Only the labels that come or go change the categories. */
function categoriesFor(
  { label_ids: before }: CardedRow,
  card: string,
  labelIds: readonly string[],
  names: ReadonlyMap<string, string>,
): string[] {
  const keysOf = (ids: readonly string[]) => new Set(ids.map((id) => labelKey(names.get(id) ?? '')))
  const gone = keysOf(before.filter((id) => !labelIds.includes(id)))
  const { categories } = readCard(card)
  const there = new Set(categories.map(categoryKey))
  const added = labelIds.filter((id) => !before.includes(id)).flatMap((id) => names.get(id) ?? [])
  return [
    ...categories.filter((category) => !gone.has(categoryKey(category))),
    ...added.filter((name) => !there.has(labelKey(name))),
  ]
}

/** null where none of them has a card. */
function joinedCard(into: CardedRow, theirs: readonly Carded[], joined: Contact): string | null {
  const others = theirs.flatMap(({ card }) => card ?? [])
  if (others.length === 0) return into.card
  const [version] = others.map((card) => readCard(card).version)
  const base =
    into.card ??
    cardOf(
      { ...into, contact: fromColumns(into) },
      { version: version === '4.0' ? '4.0' : '3.0', rev: new Date(), categories: [] },
    )
  try {
    const card = joinCards({ base, others, joined })
    readCard(card)
    return card
  } catch (error) {
    if (!(error instanceof VcardError)) throw error
    throw new AppError('too_large', 'card_too_large', `Merged into one: ${error.message}`)
  }
}

/** Requires the limits of a contact for what the values of all make together, but not for these. */
function requireRoom(contact: Contact, all: readonly Contact[]): void {
  const existing = anyOf(all.map(existingValuesOf))
  const shown = withBirthdayAsDate(contact)
  const largest = all.toSorted((a, b) => lengthOf(b) - lengthOf(a))[0] ?? contact
  inFields(() => {
    requireLimits(existing, shown)
    requireSpace(largest, existing, shown, shown)
  })
}

function lengthOf(contact: Contact): number {
  return JSON.stringify(contact).length
}

function anyOf(all: readonly ExistingValues[]): ExistingValues {
  return {
    hasText: (field, text) => all.some((one) => one.hasText(field, text)),
    hasPart: (list, part, text) => all.some((one) => one.hasPart(list, part, text)),
    hasItem: (list, item) => all.some((one) => one.hasItem(list, item)),
    lengthOf: (list) => Math.max(...all.map((one) => one.lengthOf(list))),
  }
}

/** What is refused stands, or is to be chosen, in the `fields` of the request. */
function inFields<T>(work: () => T): T {
  try {
    return work()
  } catch (error) {
    if (!(error instanceof AppError) || !error.errors) throw error
    throw invalidInput(
      error.errors.map(({ pointer, detail }) => ({ pointer: `/fields${pointer}`, detail })),
    )
  }
}
