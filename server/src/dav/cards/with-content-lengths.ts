import { findFilesById } from '../../contacts/store/card-files.ts'
import type { Pace } from '../../pace.ts'
import { readManyBy, type Call } from '../call.ts'
import { withCards } from '../known-files.ts'
import type { Wanted } from '../propfind-request.ts'
import type { Resource } from '../resource.ts'
import { nameOf } from '../xml/names.ts'
import { contentLength, measure } from './content-length.ts'

const lengthName = nameOf('D:getcontentlength')

/** Whether the lengths of cards are asked for, so that their texts are needed. */
export function asksContentLength(wanted: Wanted): boolean {
  return wanted.kind !== 'named' || wanted.names.includes(lengthName)
}

/**
 * The same resources, of which each card has a length that is known, unless it was removed meanwhile.
 * @param pace gives way between two cards: to convert one takes a millisecond
 */
export async function withContentLengths(
  call: Pick<Call, 'services' | 'account'>,
  resources: Resource[],
  pace: Pace,
): Promise<Resource[]> {
  const ids = resources.flatMap((one) =>
    one.kind === 'card' && contentLength(one.file) === undefined ? one.file.id : [],
  )
  if (ids.length === 0) return resources
  const found = await findFilesById(readManyBy(call.services), call.account.userId, ids)
  const files = await withCards(call, found)
  await measure(files, pace)
  const byId = new Map(files.map((file) => [file.id, file]))
  return resources.map((one) => {
    const file = one.kind === 'card' ? byId.get(one.file.id) : undefined
    return one.kind === 'card' && file ? { ...one, file } : one
  })
}
