import type { Ask } from '../../db/ask.ts'

/** How far the changes of a book have been looked at, and by which rules. */
export type BookState = { position: string | null; rules: string }

export async function findBookState(read: Ask, ownerId: string): Promise<BookState | undefined> {
  const rows = await read<BookState>(
    'select position, rules from duplicate_books where owner_id = $1',
    [ownerId],
  )
  return rows[0]
}

/**
 * Locks what is known of the duplicates in a book until the end of the transaction. Writers of contacts
 * do not wait for it.
 * @returns undefined for an owner who has had no contact yet
 */
export async function lockBookState(
  ask: Ask,
  ownerId: string,
  rules: string,
): Promise<BookState | undefined> {
  const rows = await ask<BookState>(
    `insert into duplicate_books (owner_id, rules) select id, $2 from owners where id = $1
    on conflict (owner_id) do update set rules = duplicate_books.rules
    returning position, rules`,
    [ownerId, rules],
  )
  return rows[0]
}

export async function moveBook(ask: Ask, ownerId: string, state: BookState): Promise<void> {
  await ask('update duplicate_books set position = $2, rules = $3 where owner_id = $1', [
    ownerId,
    state.position,
    state.rules,
  ])
}

/** Deletes what is derived of a book, to derive it anew; its owner's dismissals stay. */
export async function clearBook(ask: Ask, ownerId: string): Promise<void> {
  await ask('delete from duplicate_keys where owner_id = $1', [ownerId])
  await ask('delete from duplicate_pairs where owner_id = $1', [ownerId])
  await ask('delete from duplicate_groups where owner_id = $1', [ownerId])
}
