import { isUtf8 } from 'node:buffer'
import type { FastifyRequest } from 'fastify'
import type { IncomingCard } from '../../contacts/incoming-card.ts'
import { decodeUtf8Vcard } from '../../vcard/lines/decode-vcard.ts'
import { cardPhotoHash } from '../../vcard/photo-hash.ts'
import { readCard, type ReadCard } from '../../vcard/read-card.ts'
import { VcardError } from '../../vcard/vcard-error.ts'
import { failed, type DavError } from '../dav-error.ts'
import { bodyOf, headerOf } from '../read-request.ts'
import { isVcardType, readRange } from './card-version.ts'

/** A card that a client sent, and all that was read of it. */
export type SentCard = IncomingCard & {
  read: ReadCard
  version: '3.0' | '4.0'
  /** false where a fold that was within a character stands before it in the text. */
  isVerbatim: boolean
}

const maxUidOctets = 1024

/** What no value of a vCard may hold (RFC 6350, 3.3), or no answer in XML can (XML 1.0, 2.2). */
const forbidden = /(?![\t\n\r\x80-\x9f])\p{Cc}|[\ufffe\uffff]/u
const folds = /\r?\n[ \t]/g
// Without the flag `m`, for which U+2028 and U+2029 end a line as well: in a vCard they are text.
// Blank lines are left to who reads the card.
const noProperty = /(?:^|\n)(?![ \t\r]*(?:\n|$))[^:\n]*(?=\n|$)/
const uidLines = /(?:^|[\r\n])(?:[\w-]+\.)?UID[;:]/gi
const versionLines = /(?:^|[\r\n])VERSION[;:]/gi

/**
 * Reads the card in a PUT. Nothing of it is mended but folds within a character (RFC 6350, 3.2), which no
 * text can express: what is kept are its octets.
 * @param maxOctets of a card
 * @throws {DavError} 403 with a precondition of RFC 6352, 6.3.2.1
 */
export function readSentCard(request: FastifyRequest, maxOctets: number): SentCard {
  const type = readRange(headerOf(request, 'content-type') ?? 'text/vcard').type
  if (!isVcardType(type)) throw unsupported('A card comes as text/vcard.')
  const body = bodyOf(request)
  if (body.length > maxOctets) {
    throw failed(403, 'C:max-resource-size', `The card is larger than ${maxOctets} octets.`)
  }
  const text = decodeUtf8Vcard(body)
  if (text === undefined) throw invalid('The card is not UTF-8.')
  if (forbidden.test(text)) throw invalid('The card holds a character that is none of a text.')
  return { ...parse(text), isVerbatim: isUtf8(body) }
}

function parse(text: string): Omit<SentCard, 'isVerbatim'> {
  const read = tryRead(text)
  const { version, uid, contact, sortAs } = read
  if (version === '2.1') throw unsupported('Cards are taken in version 3.0 or 4.0.')
  const versions = text.match(versionLines)?.length ?? 0
  if (version === null && versions > 0) throw unsupported('There is no such VERSION.')
  if (version === null) throw invalid('The card has no VERSION.')
  if (versions > 1) throw invalid('The card has several VERSIONs.')
  if (!read.isComplete) throw invalid('END:VCARD is missing.')
  if (read.unread !== null || noProperty.test(text.trimEnd().replaceAll(folds, '')))
    throw invalid('The card has a line that is no property.')
  if (read.fullName === null) throw invalid('The card has no FN.')
  if ((text.match(uidLines)?.length ?? 0) > 1) throw invalid('The card has several UIDs.')
  if (uid !== null && Buffer.byteLength(uid) > maxUidOctets) {
    throw invalid(`The UID is longer than ${maxUidOctets} octets.`)
  }
  return { text, version, uid, contact, sortAs, photoHash: cardPhotoHash(text), read }
}

function tryRead(text: string): ReadCard {
  try {
    return readCard(text)
  } catch (error) {
    if (!(error instanceof VcardError)) throw error
    throw invalid(error.message)
  }
}

function invalid(detail: string): DavError {
  return failed(403, 'C:valid-address-data', detail)
}

function unsupported(detail: string): DavError {
  return failed(403, 'C:supported-address-data', detail)
}
