import { createHash } from 'node:crypto'
import { readPhoto, type Photo } from './photo.ts'

/** The SHA-256 of a photo's octets, in hex; null if there are none, or only a link to them. */
export function photoHash(photo: Photo | null): string | null {
  return photo?.kind === 'bytes' ? createHash('sha256').update(photo.bytes).digest('hex') : null
}

/**
 * The SHA-256 of the octets of a card's photo, in hex, however the card encodes them; null if the card
 * has no photo or only a link to one.
 * @throws {VcardError}
 */
export function cardPhotoHash(cardText: string): string | null {
  // Most cards have no photo and need not be parsed. The name of the property may be folded.
  return /P\s*H\s*O\s*T\s*O/i.test(cardText) ? photoHash(readPhoto(cardText)) : null
}
