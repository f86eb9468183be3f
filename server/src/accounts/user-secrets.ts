import type { Database } from '../db/database.ts'

/** A secret that does not hold the id of its user, by its SHA-256. */
export type UserSecret = { secret_hash: Buffer; user_id: string; expires_at: Date | null }

/** Lets a user be found by a secret. Whether the secret is still good, its own row says. */
export async function keepUserSecret(trx: Database, secret: UserSecret): Promise<void> {
  await trx.insertInto('user_secrets').values(secret).execute()
}

/** Whose a secret is. */
export async function findUserOfSecret(
  db: Database,
  secretHash: Buffer,
): Promise<string | undefined> {
  const found = await db
    .selectFrom('user_secrets')
    .select('user_id')
    .where('secret_hash', '=', secretHash)
    .executeTakeFirst()
  return found?.user_id
}

export async function forgetUserSecrets(trx: Database, secretHashes: Buffer[]): Promise<void> {
  if (secretHashes.length === 0) return
  await trx.deleteFrom('user_secrets').where('secret_hash', 'in', secretHashes).execute()
}
