import { isDeepStrictEqual } from 'node:util'
import type { Contact } from '../book/contact.ts'
import { lists, textFields } from '../book/fields.ts'
import { categoryKey, labelKey } from '../book/label-name.ts'
import { AppError } from '../errors.ts'
import { patchCard } from '../vcard/patch-card.ts'
import { photoHash } from '../vcard/photo-hash.ts'
import { readPhoto } from '../vcard/photo.ts'
import { readCard, type ReadCard } from '../vcard/read-card.ts'
import { VcardError } from '../vcard/vcard-error.ts'
import { withUid } from '../vcard/with-uid.ts'
import { withoutOldBirthday } from './birthday-as-date.ts'
import { cardOf } from './card-of.ts'
import type { WantedContact } from './edit.ts'
import { keepSpelling } from './keep-spelling.ts'
import { fromColumns, toColumns } from './store/columns.ts'
import type { CardedRow } from './store/rows.ts'
import type { StoredContact } from './store/stored-contact.ts'

type Before = Pick<CardedRow, 'id' | 'uid' | 'label_ids' | 'photo_hash' | 'card'> &
  Parameters<typeof fromColumns>[0]

/**
 * Turns the wanted contact into everything the database stores. If it has a card, only the lines of
 * changed fields are rewritten; the columns are then read back from that card, in the user's own
 * spelling.
 * @param labelNames of all its labels
 * @throws AppError `too_large` where the card would become too large
 */
export function toStored(
  wanted: WantedContact,
  before: Before,
  labelNames: readonly string[],
): StoredContact {
  const text = patchedCard(wanted, before, labelNames)
  const labelIds = [...wanted.labelIds]
  if (text === null) {
    const columns = toColumns(wanted.contact, labelNames)
    const uid = wanted.uid === undefined ? before.uid : storedUid(before.id, wanted.uid)
    return { columns, labelIds, uid, photoHash: null, card: null }
  }
  const read = readBack(text)
  const isUidSame = wanted.uid === undefined && wanted.card === undefined
  const isPhotoSame = wanted.photo === undefined && wanted.card === undefined
  return {
    columns: toColumns(keepSpelling(read.contact, wanted.contact), labelNames, read.sortAs),
    labelIds,
    uid: isUidSame ? before.uid : storedUid(before.id, read.uid),
    photoHash: isPhotoSame ? before.photo_hash : photoHash(readPhoto(text)),
    card: { version: read.version ?? '3.0', text },
  }
}

/** A UID as its column holds it: null where the card has none, or the contact's id. */
export function storedUid(id: string, uid: string | null): string | null {
  return uid === id ? null : uid
}

function patchedCard(
  wanted: WantedContact,
  before: Before,
  labelNames: readonly string[],
): string | null {
  const { contact, photo } = wanted
  const stored = wanted.card === undefined ? before.card : wanted.card
  const base = stored === null || wanted.uid === undefined ? stored : withUid(stored, wanted.uid)
  const rev = new Date()
  if (base !== null) {
    const stated = readCard(base)
    const categories = categoriesFor(wanted, before, stated, labelNames)
    const next =
      wanted.card === undefined
        ? withoutOldBirthday(withStated(contact, before, stated.contact), stated.contact)
        : contact
    return patchCard(base, { contact: next, categories, rev, photo })
  }
  // A photo needs a card to stand in.
  if (!photo) return null
  const uid = wanted.uid ?? before.uid
  const details = { version: '3.0', rev, categories: labelNames, photo } as const
  return cardOf({ id: before.id, uid, contact }, details)
}

/**
 * The wanted contact, in which the fields that stay as they are stored are those that the card states. A
 * newer reader may find more in a card than is stored, and no edit of something else may remove that.
 */
function withStated(wanted: Contact, before: Before, stated: Contact): Contact {
  const stored = fromColumns(before)
  if (isDeepStrictEqual(stored, stated)) return wanted
  const kept = [...textFields, ...lists].filter((field) =>
    isDeepStrictEqual(wanted[field], stored[field]),
  )
  return { ...wanted, ...Object.fromEntries(kept.map((field) => [field, stated[field]])) }
}

/**
 * The card's categories stay as long as its labels do: a label may be spelled in another case there,
 * or come from a group and not stand there at all.
 */
function categoriesFor(
  wanted: WantedContact,
  before: Before,
  { categories }: ReadCard,
  labelNames: readonly string[],
): readonly string[] {
  if (wanted.categories) return wanted.categories
  if (wanted.card === undefined && isSameSet(wanted.labelIds, before.label_ids)) return categories
  const names = new Set(labelNames.map(labelKey))
  const there = new Set(categories.map(categoryKey))
  return [
    ...categories.filter((category) => names.has(categoryKey(category))),
    ...labelNames.filter((name) => !there.has(labelKey(name))),
  ]
}

function isSameSet(one: readonly string[], other: readonly string[]): boolean {
  return one.length === other.length && one.every((id) => other.includes(id))
}

function readBack(text: string): ReadCard {
  try {
    return readCard(text)
  } catch (error) {
    if (!(error instanceof VcardError)) throw error
    throw new AppError('too_large', 'card_too_large', error.message, { cause: error })
  }
}
