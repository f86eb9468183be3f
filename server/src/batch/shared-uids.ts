import { uidKey } from '../book/uid.ts'
import { firstBookId } from '../contacts/store/card-files.ts'
import type { LockedBook } from '../contacts/store/locked-book.ts'
import { findHoldersOfEach, findPlacedUids, type PlacedUid } from '../contacts/store/uid-holders.ts'

/** Which UIDs the contacts of a batch share with other files, kept up to date while it is carried out. */
export type SharedUids = {
  /** Whether another file has the UID that a contact would come with. */
  isTaken(id: string): boolean
  /** A contact comes, or goes: with its UID or one of its own. */
  note(change: 'comes' | 'goes', id: string): void
}

/** @param ids the contacts that may come into use or go out of it; new ones have their ids as UIDs */
export async function readSharedUids(
  { ask, ownerId }: LockedBook,
  { coming, going }: { coming: readonly string[]; going: readonly string[] },
): Promise<SharedUids> {
  // Who only goes shares nothing with anybody.
  if (coming.length === 0) return { isTaken: () => false, note: () => {} }
  const placed = await findPlacedUids(ask, ownerId, [...coming, ...going])
  const placeOf = (id: string) => placed.get(id) ?? { bookId: firstBookId, uid: id }
  const keyOf = (id: string) => placeKey(placeOf(id))
  const found = await findHoldersOfEach(ask, ownerId, coming.map(placeOf))
  const holders = new Map(
    coming.map((id, at) => [keyOf(id), new Set(found[at]?.map((holder) => holder.id))]),
  )
  return {
    isTaken: (id) => Array.from(holders.get(keyOf(id)) ?? []).some((holder) => holder !== id),
    note(change, id) {
      const same = holders.get(keyOf(id))
      if (change === 'goes') same?.delete(id)
      else if (same?.size === 0) same.add(id)
    },
  }
}

function placeKey({ bookId, uid }: PlacedUid): string {
  return `${bookId} ${uidKey(uid)}`
}
