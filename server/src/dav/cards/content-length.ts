import { LRUCache } from 'lru-cache'
import type { TaggedFile } from '../../contacts/store/card-files.ts'
import type { Pace } from '../../pace.ts'
import { servedCard, type StoredFile } from './served-card.ts'

// The size that is stored is of the octets that came. A card that is mended for its readers, or served in
// another version, has other octets, and only these tell which one is. What is made of the same octets has the
// same length, so that a listing reads a card once.
const known = new LRUCache<string, number>({ max: 20_000 })

/**
 * How many octets a plain GET gives of a card (RFC 4918, 15.4); undefined where neither its text nor its length
 * is at hand.
 */
export function contentLength(
  file: Pick<TaggedFile, 'id' | 'card_etag'> | StoredFile,
): number | undefined {
  const key = `${file.card_etag} ${file.id}`
  const length = known.get(key)
  if (length !== undefined || !('card' in file)) return length
  const octets = Buffer.byteLength(servedCard(file, '3.0'))
  known.set(key, octets)
  return octets
}

/** Makes the lengths of cards known whose texts are at hand. */
export async function measure(files: readonly StoredFile[], pace: Pace): Promise<void> {
  for (const file of files) {
    contentLength(file)
    await pace()
  }
}
