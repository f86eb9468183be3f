import type { Author } from '../contacts/store/locked-book.ts'

/** An import writes in the name of the owner who sent the file. */
export function importAuthor(ownerId: string): Author {
  return { ownerId, actorId: ownerId, via: 'import' }
}
