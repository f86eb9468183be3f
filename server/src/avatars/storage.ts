import { randomBytes } from 'node:crypto'

/**
 * Keeps avatars: 250 × 250 WebP, each under a new key. The caller makes the key, so that it can
 * also take away what a storage may have kept without saying so.
 */
export interface AvatarStorage {
  /**
   * @returns where browsers find the picture: an absolute URL, or a path below PUBLIC_URL
   * @throws AppError `upstream_failed` or `upstream_silent`, within ten seconds, when nobody knows
   *   whether the picture was kept
   */
  put(key: string, webp: Buffer): Promise<string>
  /** Removes a picture; one that is not there is no error. Throws as `put` does. */
  remove(key: string): Promise<void>
}

/** A name for one picture: random, so that it tells nothing and cannot be guessed. */
export function newAvatarKey(): string {
  return randomBytes(16).toString('hex')
}
