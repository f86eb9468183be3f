import { LRUCache } from 'lru-cache'
import { isMade, type MadeFile, type ReadFile } from '../../contacts/store/card-files.ts'
import { exportCard } from '../../vcard/export-card.ts'
import { plainVersion } from '../../vcard/plain-card.ts'
import { readCard } from '../../vcard/read-card.ts'
import { withUid } from '../../vcard/with-uid.ts'
import type { ServedVersion } from './card-version.ts'

// In characters. What a card is in another form is the same for the same octets.
const converted = new LRUCache<string, string>({
  maxSize: 8_000_000,
  sizeCalculation: (text) => text.length + 100,
})

/** Of what came by other ways than this protocol; the octets of a card are the same in every answer. */
const notInXml = /[\ufffe\uffff]/g

const uidLine = /\nUID[;:]/i

/** What tells which octets a client gets. */
export type StoredFile = Pick<MadeFile, Needed>
type Needed = 'card' | 'card_etag' | 'id' | 'uid'

/**
 * A card as a client gets it: the octets that are stored, if they are of this version and every program can
 * read them.
 * @throws {VcardError}
 */
export function servedCard(file: StoredFile, version: ServedVersion): string {
  const { card, card_etag, id, uid } = file
  if (plainVersion(card) === version && uidLine.test(card) && card.search(notInXml) < 0) return card
  const key = `${card_etag} ${version} ${uid ?? id}`
  const known = converted.get(key)
  if (known !== undefined) return known
  const text = textFor(card, version).replaceAll(notInXml, '')
  const named = readCard(text).uid === null ? withUid(text, uid ?? id) : text
  converted.set(key, named)
  return named
}

/** Whether who reads a card of this version, which has a UID, gets its octets as they came. */
export function isServedAsCame(card: string, version: ServedVersion): boolean {
  return plainVersion(card) === version || textFor(card, version) === card
}

/**
 * Whether a card that came is what a client gets of the stored one in the version of the card that came: in
 * another version or form than the stored one, it still says nothing new.
 */
export function isCardAsServed<File extends Pick<ReadFile, Needed>>(
  file: File,
  { text, version }: { text: string; version: ServedVersion },
): file is File & StoredFile {
  return isMade(file) && (file.card === text || servedCard(file, version) === text)
}

/** A text that only lacks the last end of line is left as it is. */
function textFor(card: string, version: ServedVersion): string {
  const text = exportCard(card, version)
  return text.trimEnd() === card.trimEnd() ? card : text
}
