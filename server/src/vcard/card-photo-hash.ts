import { photoHash } from './photo-hash.ts'
import { readPhoto } from './photo.ts'

/**
 * The SHA-256 of a card's photo, in hex: of its octets, however the card writes them. null where
 * there is none, or only the address of one.
 * @throws {VcardError}
 */
export function cardPhotoHash(cardText: string): string | null {
  // Most cards have no photo and need not be read for that. The name may be folded.
  return /P\s*H\s*O\s*T\s*O/i.test(cardText) ? photoHash(readPhoto(cardText)) : null
}
