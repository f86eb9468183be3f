import type { Ask } from '../../db/ask.ts'
import type { OpenDatabase } from '../../db/database.ts'
import type { Via } from './stored-contact.ts'

/** Whose contacts are written, by whom, and through which entry point. */
export type Author = { ownerId: string; actorId: string; via: Via }

declare const isLocked: unique symbol

/**
 * One owner's contacts and labels, in a transaction that nobody else can write into: what several
 * statements read of them stays true until the commit. Only {@link inBook} makes one, so that code
 * that needs the lock cannot forget it.
 */
export type LockedBook = Author & { readonly ask: Ask; readonly [isLocked]: true }

/**
 * Runs `work` in a transaction that locks the owner first. All writers of a book lock in this order,
 * so that no two wait for each other; other owners are not held up.
 */
export function inBook<T>(
  database: Pick<OpenDatabase, 'transaction'>,
  author: Author,
  work: (book: LockedBook) => Promise<T>,
): Promise<T> {
  const run = (ask: Ask) => work({ ...author, ask } as LockedBook)
  return whileLocked(database, author.ownerId, run)
}

/** The same for work that has no author: what time does, and no person. */
export function whileLocked<T>(
  database: Pick<OpenDatabase, 'transaction'>,
  ownerId: string,
  work: (ask: Ask) => Promise<T>,
): Promise<T> {
  return database.transaction(async (ask) => {
    await lockOwner(ask, ownerId)
    return work(ask)
  })
}

/** Also makes the owner's row, which the first write of a new account finds missing. */
async function lockOwner(ask: Ask, ownerId: string): Promise<void> {
  const locking = 'select id from owners where id = $1 for no key update'
  if ((await ask(locking, [ownerId])).length > 0) return
  await ask(
    `insert into owners (id) values ($1)
    on conflict (id) do update set modseq = owners.modseq`,
    [ownerId],
  )
}
