import { LRUCache } from 'lru-cache'
import type { ListedFile, ReadFile } from '../../contacts/store/card-files.ts'
import { servedCard } from './served-card.ts'

// The size that is stored is of the octets that came. A card that is mended for its readers, or served in
// another version, has other octets, and only these tell which one is. What is made of the same octets has the
// same length, so that a listing reads a card once.
const known = new LRUCache<string, number>({ max: 20_000 })

/**
 * How many octets a plain GET gives of a card (RFC 4918, 15.4); undefined where neither its text nor its length
 * is at hand.
 */
export function contentLength(file: ListedFile | ReadFile): number | undefined {
  if (file.card_etag === null) return undefined
  const key = `${file.card_etag} ${file.id}`
  const length = known.get(key)
  if (length !== undefined || !('card' in file) || file.card === null) return length
  const octets = Buffer.byteLength(servedCard(file, '3.0'))
  known.set(key, octets)
  return octets
}
