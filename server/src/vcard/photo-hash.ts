import { createHash } from 'node:crypto'
import type { Photo } from './photo.ts'

/** The SHA-256 of a photo's octets, in hex; null if there are none, or only a link to them. */
export function photoHash(photo: Photo | null): string | null {
  return photo?.kind === 'bytes' ? createHash('sha256').update(photo.bytes).digest('hex') : null
}
