import { createHash } from 'node:crypto'
import type { Photo } from './photo.ts'

/** SHA-256 of a photo's octets, in hex; null where the card only says where the photo is. */
export function photoHash(photo: Photo | null): string | null {
  return photo?.kind === 'bytes' ? createHash('sha256').update(photo.bytes).digest('hex') : null
}
