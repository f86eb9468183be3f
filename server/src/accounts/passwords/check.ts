import type { Database } from '../../db/database.ts'
import type { UserRow } from '../../db/tables.ts'
import { AppError } from '../../errors.ts'
import type { Services } from '../../services.ts'
import { clearLoginFailures, countPasswordAttempt } from '../sessions/login-guard.ts'
import { findUser, lockUser } from '../user-queries.ts'

/**
 * Asks a user who is logged in for the password once more, counting failures like a login.
 * @returns the user whose password it is; before acting on that, {@link lockProven} them
 * @throws AppError `forbidden` for a wrong password, `too_many` while the wait after failures lasts
 */
export async function requirePassword(
  { db, config, passwords }: Pick<Services, 'db' | 'config' | 'passwords'>,
  { id, email }: { id: string; email: string },
  password: string,
): Promise<UserRow> {
  if (config.limits.enabled) await countPasswordAttempt(db, email, 'session')
  const user = await findUser(db, id)
  const isRight = await passwords.verify(user?.password_hash, password)
  if (!user || !isRight) throw wrongPassword()
  await clearLoginFailures(db, email)
  return user
}

/**
 * Locks a user whose password was checked a moment ago. Checking takes long enough for a reset to
 * happen meanwhile, and then the old password must not have the last word.
 * @returns undefined when the password is another one by now, or the user gone or disabled
 */
export async function lockProven(trx: Database, checked: UserRow): Promise<UserRow | undefined> {
  const user = await lockUser(trx, checked.id)
  const isStillRight = user?.password_hash === checked.password_hash && user.disabled_at === null
  return isStillRight ? user : undefined
}

export function wrongPassword(): AppError {
  return new AppError('forbidden', 'wrong_password', 'The password is wrong.')
}
