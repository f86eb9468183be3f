import { fileName } from '../../contacts/store/card-files.ts'
import type { Author, LockedBook } from '../../contacts/store/locked-book.ts'
import { findUidHolders, type UidHolder } from '../../contacts/store/uid-holders.ts'
import { DavError } from '../dav-error.ts'
import { bookPath, pathOf } from '../paths.ts'
import type { Book } from '../resource.ts'
import { element, text } from '../xml/write-xml.ts'

/**
 * Refuses a UID that another file of the book has.
 * @param isOwn which file may have it
 * @throws {DavError} 403 `no-uid-conflict`
 */
export async function requireFreeUid(
  locked: LockedBook,
  book: Book,
  uid: string,
  isOwn: (holder: UidHolder) => boolean = () => false,
): Promise<void> {
  const holders = await findUidHolders(locked.ask, locked.ownerId, { bookId: book.id, uid })
  const other = holders.find((holder) => !isOwn(holder))
  if (other) throw uidConflict(locked, book, other)
}

/** RFC 6352, 6.3.2.1: says which card has the UID; only the book of a group that nobody has listed yet. */
export function uidConflict(
  { ownerId }: Author,
  { slug }: Book,
  { id, card_name }: Pick<UidHolder, 'id' | 'card_name'>,
): DavError {
  const path =
    id === null
      ? bookPath(ownerId, slug)
      : pathOf({ kind: 'card', slug, name: fileName({ id, card_name }) }, ownerId)
  const condition = element('C:no-uid-conflict', element('D:href', text(path)))
  return new DavError(
    403,
    'Another card of the book has this UID, or this card another one.',
    condition,
  )
}
