import { patchCard } from '../vcard/patch-card.ts'
import { readPhoto } from '../vcard/photo.ts'
import { readCard, type ReadCard } from '../vcard/read-card.ts'
import { VcardError } from '../vcard/vcard-error.ts'
import { withUid } from '../vcard/with-uid.ts'
import { writeCard } from '../vcard/write-card.ts'
import { AppError } from '../errors.ts'
import { keepSpelling } from './keep-spelling.ts'
import { withoutOldBirthday } from './birthday-as-date.ts'
import { labelKey, labelName } from '../book/label-name.ts'
import type { WantedContact } from './edit.ts'
import { photoHash } from '../vcard/photo-hash.ts'
import { toColumns } from './store/columns.ts'
import type { CardedRow } from './store/rows.ts'
import type { StoredContact } from './store/stored-contact.ts'

type Before = Pick<CardedRow, 'id' | 'uid' | 'label_ids' | 'photo_hash' | 'card'>

/**
 * What is written of a contact that shall be so. Where there is a card, only its lines of what
 * changed change, and everything else is what is then read of it, as it was typed.
 * @param labelNames of all its labels
 * @throws AppError `too_large` where the card would become too large
 */
export function toStored(
  next: WantedContact,
  before: Before,
  labelNames: readonly string[],
): StoredContact {
  const text = cardOf(next, before, labelNames)
  const labelIds = [...next.labelIds]
  if (text === null) {
    const columns = toColumns(next.contact, labelNames)
    const uid = next.uid === undefined ? before.uid : otherThan(before.id, next.uid)
    return { columns, labelIds, uid, photoHash: null, card: null }
  }
  const read = readBack(text)
  const isUidSame = next.uid === undefined && next.card === undefined
  const isPhotoSame = next.photo === undefined && next.card === undefined
  return {
    columns: toColumns(keepSpelling(read.contact, next.contact), labelNames),
    labelIds,
    uid: isUidSame ? before.uid : otherThan(before.id, read.uid),
    photoHash: isPhotoSame ? before.photo_hash : photoHash(readPhoto(text)),
    card: { version: read.version ?? '3.0', text },
  }
}

/** What the column holds of a card's UID: the id stands for itself. */
export function otherThan(id: string, uid: string | null): string | null {
  return uid === id ? null : uid
}

function cardOf(next: WantedContact, before: Before, labelNames: readonly string[]): string | null {
  const { contact, photo } = next
  const stored = next.card === undefined ? before.card : next.card
  const base = stored === null || next.uid === undefined ? stored : withUid(stored, next.uid)
  const rev = new Date()
  if (base !== null) {
    const stated = readCard(base)
    const categories = categoriesFor(next, before, stated, labelNames)
    const wanted = next.card === undefined ? withoutOldBirthday(contact, stated.contact) : contact
    return patchCard(base, { contact: wanted, categories, rev, photo })
  }
  // There has to be a card for a photo to stand in.
  if (!photo) return null
  const uid = next.uid ?? before.uid ?? before.id
  return writeCard({ uid, rev, contact, categories: labelNames, photo }, '3.0')
}

/**
 * A label's name may be written in another case in the card, or come from a group and not stand
 * there at all: as long as the labels are the same, so are the card's categories.
 */
function categoriesFor(
  next: WantedContact,
  before: Before,
  { categories }: ReadCard,
  labelNames: readonly string[],
): readonly string[] {
  if (next.categories) return next.categories
  if (next.card === undefined && isSameSet(next.labelIds, before.label_ids)) return categories
  const wanted = new Set(labelNames.map(labelKey))
  const there = new Set(categories.map(keyOf))
  return [
    ...categories.filter((category) => wanted.has(keyOf(category))),
    ...labelNames.filter((name) => !there.has(labelKey(name))),
  ]
}

/** Of the label that a category becomes. */
function keyOf(category: string): string {
  return labelKey(labelName(category) ?? '')
}

function isSameSet(one: readonly string[], other: readonly string[]): boolean {
  return one.length === other.length && one.every((id) => other.includes(id))
}

function readBack(text: string): ReadCard {
  try {
    return readCard(text)
  } catch (error) {
    if (!(error instanceof VcardError)) throw error
    throw new AppError('too_large', 'card_too_large', error.message)
  }
}
