import { cardsAtOnce, makeCards } from '../contacts/made-cards.ts'
import {
  fileName,
  findFilesById,
  isMade,
  type ListedFile,
  type MadeFile,
  type ReadFile,
  type TaggedFile,
} from '../contacts/store/card-files.ts'
import { inBook, type LockedBook } from '../contacts/store/locked-book.ts'
import { refreshGroupsIn } from '../labels/refresh-groups.ts'
import { authorOf, type Call } from './call.ts'

// A book is prepared before it is read, and others write in between: what they add has no card yet.

type Caller = Pick<Call, 'services' | 'account'>

/**
 * Files whose octets are known, in their order. Where some are not, they are made now; files that are gone
 * meanwhile are left out.
 */
export async function withTags<File extends ListedFile>(
  call: Caller,
  files: readonly File[],
): Promise<(File & TaggedFile)[]> {
  if (files.every(isTagged)) return files.slice()
  const made = await makeFiles(
    call,
    files.filter((file) => !isTagged(file)),
  )
  return files.flatMap((file) => (isTagged(file) ? file : remade(file, made)))
}

/** The same with these octets. */
export async function withCards(call: Caller, files: readonly ReadFile[]): Promise<MadeFile[]> {
  if (files.every(isMade)) return files.slice()
  const made = await makeFiles(
    call,
    files.filter((file) => !isMade(file)),
  )
  return files.flatMap((file) => (isMade(file) ? file : remade(file, made)))
}

/** Whether what is there now is at the place of what was read before. */
export function isSamePlace(now: Placed, before: Placed): boolean {
  return now.book_id === before.book_id && fileName(now) === fileName(before)
}

type Placed = Pick<ListedFile, 'id' | 'book_id' | 'card_name'>

function isTagged<File extends ListedFile>(file: File): file is File & TaggedFile {
  return file.card_etag !== null
}

function remade<File extends ListedFile>(file: File, made: ReadonlyMap<string, MadeFile>) {
  const now = made.get(file.id)
  return now && isSamePlace(now, file) ? { ...file, ...now } : []
}

/** Made and read under the owner's lock, so that no other write comes between. */
async function makeFiles(
  call: Caller,
  files: readonly ListedFile[],
): Promise<Map<string, MadeFile>> {
  const { database } = call.services
  const made = new Map<string, MadeFile>()
  for (let at = 0; at < files.length; at += cardsAtOnce) {
    const some = files.slice(at, at + cardsAtOnce)
    const now = await inBook(database, authorOf(call), (book) => makeSome(book, some))
    for (const file of now) made.set(file.id, file)
  }
  return made
}

async function makeSome(book: LockedBook, files: readonly ListedFile[]): Promise<MadeFile[]> {
  const ids = files.map(({ id }) => id)
  await makeCards(book, ids)
  if (files.some((file) => file.is_group)) await refreshGroupsIn(book)
  return (await findFilesById(book.ask, book.ownerId, ids)).filter(isMade)
}
