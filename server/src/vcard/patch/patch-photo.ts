import { removeLine, replaceLine, type CardEdit } from './card-edit.ts'
import type { Card } from '../lines/card.ts'
import { newPhotoLine, photoOf, photoLines, isSamePhoto, type Photo } from '../photo.ts'

/**
 * Puts a photo in the place of those that the card holds, or takes these away. The address of a photo
 * elsewhere, which nobody sees here, only gives way to a new one where there is nothing else.
 */
export function patchPhoto(edit: CardEdit, wanted: Photo | null): void {
  if (hasPhoto(edit.card, wanted)) return
  const photos = photoLines(edit.card)
  const held = photos.filter(({ photo }) => photo?.kind === 'bytes')
  const [first, ...others] = held.length > 0 || wanted === null ? held : photos
  for (const { line } of others) removeLine(edit, line)
  if (wanted === null) {
    if (first) removeLine(edit, first.line)
    return
  }
  const line = newPhotoLine(edit, wanted)
  if (first) replaceLine(edit, first.line, line)
  else edit.tail.push(line)
}

/** Whether there is nothing to do: where none is wanted, the address of one may be there. */
export function hasPhoto(card: Card, wanted: Photo | null): boolean {
  const photo = photoOf(card)
  return isSamePhoto(photo, wanted) || (wanted === null && photo?.kind === 'uri')
}
