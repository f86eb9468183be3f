import { findUser, setUserAvatar } from '../accounts/user-queries.ts'
import { putUserInCache } from '../accounts/users.ts'
import { askIn, inTransaction } from '../db/database.ts'
import type { UserRow } from '../db/tables.ts'
import { AppError } from '../errors.ts'
import type { Services } from '../services.ts'
import { toAvatar } from './image.ts'
import { newAvatarKey } from './storage.ts'

/**
 * Shows the picture as the user's avatar from now on; the previous one is removed after the commit.
 * Of two uploads at once the later one stays.
 * @throws AppError `invalid` for what is no picture, `upstream_failed` or `upstream_silent` when it
 *   could not be kept, `unavailable` when too many wait; the old avatar then stays
 */
export async function setAvatar(
  services: Services,
  userId: string,
  bytes: Buffer,
): Promise<UserRow> {
  const webp = await toAvatar(bytes)
  const key = newAvatarKey()
  try {
    const url = await services.avatars.put(key, webp)
    return await showAvatar(services, userId, { key, url })
  } catch (error) {
    // Also after a failed put: a storage that did not answer may have kept the picture.
    await discard(services, userId, key)
    throw error
  }
}

/** Shows no avatar from now on; to have none already is no error. */
export async function removeAvatar(services: Services, userId: string): Promise<void> {
  await showAvatar(services, userId, null)
}

async function showAvatar(
  services: Services,
  userId: string,
  avatar: { key: string; url: string } | null,
): Promise<UserRow> {
  const { db, jobs } = services
  const user = await inTransaction(db, async (trx) => {
    const change = await setUserAvatar(trx, userId, avatar)
    if (!change) throw new AppError('not_found', 'not_found', 'There is no such account.')
    if (change.previousKey)
      await jobs.send(askIn(trx), 'remove-avatar', { key: change.previousKey })
    return change.user
  })
  await putUserInCache(services, user)
  return user
}

/**
 * Queues the removal of a picture, unless it is shown after all because only the answer to our commit
 * was lost.
 */
async function discard({ db, jobs, log }: Services, userId: string, key: string): Promise<void> {
  try {
    const user = await findUser(db, userId)
    if (user?.avatar_key !== key) await jobs.send(askIn(db), 'remove-avatar', { key })
  } catch (err) {
    log.warn({ err, key }, 'a picture that nobody is shown may be left behind')
  }
}
