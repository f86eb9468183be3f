import { copied, deleteBookDatabase, openBookDatabase } from './database.ts'

/**
 * Forgets the copy of another account's book. What was typed and not sent stays, for the day when that
 * account logs in here again.
 */
export async function retireBookDatabase(userId: string): Promise<void> {
  const database = await openBookDatabase(userId)
  const typed = ['outbox', 'drafts', 'conflicts'] as const
  const counts = await Promise.all(typed.map((name) => database.count(name)))
  const isAllSent = counts.every((count) => count === 0)
  for (const name of copied) await database.clear(name)
  database.close()
  if (isAllSent) await deleteBookDatabase(userId)
}
