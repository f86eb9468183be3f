import type { Card } from '../lines/card.ts'
import { newPhotoLine, photoOf, photoLines, isSamePhoto, type Photo } from '../photo.ts'
import { removeLine, replaceLine, type CardEdit } from './card-edit.ts'

/**
 * Replaces the embedded photos of a card by the wanted one, or removes them. A linked photo, which Kith
 * does not show, is replaced only if none is embedded.
 */
export function patchPhoto(edit: CardEdit, wanted: Photo | null): void {
  if (hasPhoto(edit.card, wanted)) return
  const photos = photoLines(edit.card)
  const embedded = photos.filter(({ photo }) => photo?.kind === 'bytes')
  const [first, ...others] = embedded.length > 0 || wanted === null ? embedded : photos
  for (const { line } of others) removeLine(edit, line)
  if (wanted === null) {
    if (first) removeLine(edit, first.line)
    return
  }
  const line = newPhotoLine(edit, wanted)
  if (first) replaceLine(edit, first.line, line)
  else edit.tail.push(line)
}

/** Whether a card has the wanted photo. If none is wanted, a linked one is allowed. */
export function hasPhoto(card: Card, wanted: Photo | null): boolean {
  const photo = photoOf(card)
  return isSamePhoto(photo, wanted) || (wanted === null && photo?.kind === 'uri')
}
