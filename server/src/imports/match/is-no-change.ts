import { isDeepStrictEqual } from 'node:util'
import { withBirthdayAsDate } from '../../contacts/birthday-as-date.ts'
import { cardOf } from '../../contacts/card-of.ts'
import { fromColumns } from '../../contacts/store/columns.ts'
import type { FoundRow } from '../../contacts/store/find-by-uid.ts'
import { findWhole } from '../../contacts/store/queries.ts'
import type { Ask } from '../../db/ask.ts'
import { cardHash, isSameCard } from '../../vcard/same-card.ts'
import type { CardEntry, ContactEntry, RowEntry } from '../file/entry.ts'
import type { KnownContacts } from './known-contacts.ts'
import { mergeRow } from './merge-row.ts'

/** Whether an entry would change nothing of a contact. */
export async function isNoChange(
  ask: Ask,
  ownerId: string,
  entry: ContactEntry,
  row: FoundRow,
  known: KnownContacts,
) {
  if (entry.kind === 'card') return isSameCardAs(ask, ownerId, entry, row, known)
  return isMerged(entry, row)
}

function isMerged(entry: RowEntry, row: FoundRow): boolean {
  const before = withBirthdayAsDate(fromColumns(row))
  return isDeepStrictEqual(mergeRow(before, entry), before)
}

export async function isSameCardAs(
  ask: Ask,
  ownerId: string,
  entry: CardEntry,
  row: FoundRow,
  { cards }: KnownContacts,
) {
  if (row.card_hash === cardHash(entry.text)) return true
  if (row.photo_hash !== entry.photoHash) return false
  if (row.card_hash === null)
    return isSameCard(writtenCard(entry, row), entry.text, entry.read.version)
  const stored = cards.get(row.id) ?? (await findWhole(ask, ownerId, row.id))?.card ?? ''
  return isSameCard(stored, entry.text, entry.read.version)
}

/** The card that an export would have written. */
function writtenCard({ read }: CardEntry, row: FoundRow): string {
  const version = read.version === '4.0' ? '4.0' : '3.0'
  const contact = fromColumns(row)
  return cardOf({ ...row, contact }, { version, rev: new Date(0), categories: [] })
}
