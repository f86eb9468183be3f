import { AppError } from '../errors.ts'
import type { Services } from '../services.ts'
import { fetchDelivered } from './cloudinary.ts'
import { keyIn, readAvatar } from './disk.ts'

/**
 * Reads the picture at the address that is stored for a user, wherever it is kept.
 * @throws AppError `not_found` where there is none, `upstream_failed` or `upstream_silent` when it
 *   could not be fetched
 */
export async function readAvatarAt(
  { config }: Pick<Services, 'config'>,
  avatarUrl: string,
): Promise<Buffer> {
  const key = keyIn(avatarUrl)
  const webp =
    key === undefined
      ? await fetchDelivered(config.cloudinaryUrl, avatarUrl)
      : await readAvatar(config.dataDir, key)
  if (!webp) throw noAvatar()
  return webp
}

export function noAvatar(): AppError {
  return new AppError('not_found', 'not_found', 'There is no such picture.')
}
