import { createHash } from 'node:crypto'
import { readPhoto, type Photo } from './photo.ts'

/** SHA-256 of a photo's octets, in hex; null where the card only says where the photo is. */
export function photoHash(photo: Photo | null): string | null {
  return photo?.kind === 'bytes' ? createHash('sha256').update(photo.bytes).digest('hex') : null
}

/**
 * The SHA-256 of a card's photo, in hex: of its octets, however the card writes them. null where
 * there is none, or only the address of one.
 * @throws {VcardError}
 */
export function photoHashOf(cardText: string): string | null {
  // Most cards have no photo and need not be read for that. The name may be folded.
  return /P\s*H\s*O\s*T\s*O/i.test(cardText) ? photoHash(readPhoto(cardText)) : null
}
