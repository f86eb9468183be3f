import type { ServedVersion } from '../cards/card-version.ts'
import { servedCard, type StoredFile } from '../cards/served-card.ts'
import type { Filter } from './filter.ts'
import { matches } from './matches.ts'
import { quickLook, quickLookBeforeConversion } from './may-match.ts'

export type PassesFilter = (card: string, file: KeptFile) => boolean
/** Without its UID, a card that does not state it has its id instead. */
type KeptFile = Pick<StoredFile, 'card_etag' | 'id'> & Partial<Pick<StoredFile, 'uid'>>

/**
 * Makes a function that says whether a card passes a filter in the version in which it is served (RFC 6352, 10.5.1):
 * one that is kept in another version is converted, unless a quick look at it is enough.
 * @throws {VcardError} the function
 */
export function passesFilter(filter: Filter, version: ServedVersion): PassesFilter {
  const mayMatch = quickLook(filter)
  const mayMatchConverted = quickLookBeforeConversion(filter)
  const versionLine = new RegExp(String.raw`^BEGIN:VCARD\r?\nVERSION:${version}\r?\n`, 'i')
  return (card, file) => {
    if (versionLine.test(card)) return mayMatch(card) && matches(card, filter)
    if (!mayMatchConverted(card)) return false
    return matches(servedCard({ uid: null, ...file, card }, version), filter)
  }
}
