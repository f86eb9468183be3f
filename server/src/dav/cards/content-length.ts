import { LRUCache } from 'lru-cache'
import { findFilesById, type ListedFile, type ReadFile } from '../../contacts/store/card-files.ts'
import { readManyBy, type Call } from '../call.ts'
import type { Wanted } from '../propfind-request.ts'
import type { Resource } from '../resource.ts'
import { nameOf } from '../xml/names.ts'
import { servedCard } from './served-card.ts'

// The size that is stored is of the octets that came. A card that is mended for its readers, or served in
// another version, has other octets, and only these tell which one is. What is made of the same octets has the
// same length, so that a listing reads a card once.
const known = new LRUCache<string, number>({ max: 20_000 })

const lengthName = nameOf('D:getcontentlength')

/** Whether the lengths of cards are asked for, so that their texts are needed. */
export function asksContentLength(wanted: Wanted): boolean {
  return wanted.kind !== 'named' || wanted.names.includes(lengthName)
}

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

/** The same resources, of which each card has a length that is known, unless it was removed meanwhile. */
export async function withContentLengths(
  { services, account }: Pick<Call, 'services' | 'account'>,
  resources: Resource[],
): Promise<Resource[]> {
  const ids = resources.flatMap((one) =>
    one.kind === 'card' && contentLength(one.file) === undefined ? one.file.id : [],
  )
  if (ids.length === 0) return resources
  const files = await findFilesById(readManyBy(services), account.userId, ids)
  const byId = new Map(files.map((file) => [file.id, file]))
  return resources.map((one) => {
    const file = one.kind === 'card' ? byId.get(one.file.id) : undefined
    return one.kind === 'card' && file ? { ...one, file } : one
  })
}
