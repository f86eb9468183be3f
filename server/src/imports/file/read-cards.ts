import type { FileCharset } from '../../charset/file-charset.ts'
import { fullName } from '../../vcard/fields/full-name.ts'
import { fitCard, type FittedCard } from '../../vcard/fit-card.ts'
import type { ByteRange } from '../../vcard/lines/byte-window.ts'
import { maxPhysicalLines, type CardText, type Piece } from '../../vcard/lines/card-assembler.ts'
import { splitLines, valueOf } from '../../vcard/lines/lines.ts'
import { isKnownName } from '../../vcard/lines/property-names.ts'
import { cardPhotoHash } from '../../vcard/photo-hash.ts'
import { readCard, type ReadCard } from '../../vcard/read-card.ts'
import { splitCardStream } from '../../vcard/split-cards.ts'
import { maxCardBytes, maxReadableBytes, VcardError } from '../../vcard/vcard-error.ts'
import { remarksOnBirthday } from '../remarks/of-birthday.ts'
import { refusalOf } from '../remarks/refused.ts'
import { remark, type Remark } from '../remarks/remark.ts'
import { shortened } from '../remarks/shortened.ts'
import { isBlank, type Entry } from './entry.ts'
import { fingerprintCard } from './fingerprint.ts'
import { shrinkPhoto } from './shrink-photo.ts'

const maxUidOctets = 1024
const maxNameLength = 200

/** Counts the entries of a file of vCards; text between cards counts as well. */
export async function countCards(
  chunks: AsyncIterable<Uint8Array>,
  charset: FileCharset | null,
  count: () => unknown,
) {
  for await (const _ of splitCardStream(chunks, charset)) await count()
}

/**
 * Reads the entries of a file of vCards behind the first `after`, which are skipped. A damaged one
 * fails by itself.
 */
export async function* readCards(
  chunks: AsyncIterable<Uint8Array>,
  charset: FileCharset | null,
  after: number,
): AsyncGenerator<Entry> {
  let number = 0
  for await (const piece of splitCardStream(chunks, charset)) {
    number++
    if (number > after) yield await readPiece(piece, number)
  }
}

async function readPiece(piece: Piece, number: number): Promise<Entry> {
  if (piece.kind === 'card') return readOne(piece, number, piece.text)
  if (piece.kind === 'large') return readLarge(piece, number)
  const { line, from, to, charset } = piece
  const source = { from, to, charset }
  if (piece.kind === 'junk') {
    const name = withoutNul(piece.text) || null
    return { kind: 'failed', number, name, remark: remark('text_outside_cards', { line }), source }
  }
  const why =
    piece.reason === 'too_large'
      ? remark('card_at_line_too_large', { line, mebibytes: maxReadableBytes / maxCardBytes })
      : remark('card_at_line_too_many_lines', { line, max: maxPhysicalLines })
  return { kind: 'failed', number, name: nameIn(piece.start), remark: why, source }
}

/** Reads a card that is larger than Kith keeps, with its photos made smaller or left out. */
async function readLarge(piece: CardText & ByteRange, number: number): Promise<Entry> {
  const fitted = await fitCard(piece.text, shrinkPhoto).catch((error: unknown) => {
    if (error instanceof VcardError) return null
    throw error
  })
  if (!fitted) {
    const { line, from, to, charset } = piece
    const why = remark('card_at_line_too_large', { line, mebibytes: 1 })
    const source = { from, to, charset }
    return { kind: 'failed', number, name: nameIn(piece.text), remark: why, source }
  }
  const entry = readOne({ ...piece, text: fitted.text }, number, piece.text)
  if (entry.kind !== 'card') return entry
  return { ...entry, remarks: [remarkOnFit(fitted), ...entry.remarks] }
}

function remarkOnFit({ smaller, removed: names }: FittedCard): Remark {
  if (names.length === 0) return remark('photo_made_smaller')
  return smaller === 0
    ? remark('properties_left_out', { names })
    : remark('photo_made_smaller_properties_left_out', { names })
}

/** @param cameAs the text in the file, by which a later import knows the entry again */
function readOne(piece: CardText, number: number, cameAs: string): Entry {
  const { text, isComplete } = piece
  const failed = (why: Remark, name: string | null = null): Entry => {
    return { kind: 'failed', number, name, remark: why, source: text }
  }
  if (text.includes('\0')) return failed(remark('card_nul_character'))
  if (!isComplete && !/[\r\n]$/.test(text)) return failed(remark('card_cut_off'), nameIn(text))
  try {
    const read = readCard(text)
    const name = nameOf(read)
    const { uid, kind, categories } = read
    if (kind === 'group' && name === null) return failed(remark('group_without_name'))
    if (kind !== 'group' && isEmpty(read, text)) return failed(remark('card_empty'))
    if (uid !== null && Buffer.byteLength(uid) > maxUidOctets) {
      return failed(remark('card_uid_too_long', { octets: maxUidOctets }), name)
    }
    if (kind === 'group' && name !== null) return { kind, number, name, text }
    const remarks = remarksOn(piece, read)
    const fingerprints = fingerprintCard(cameAs, uid, categories)
    const photoHash = cardPhotoHash(text)
    const said = { fingerprints, remarks, archived: null }
    return { kind: 'card', number, name, text, read, photoHash, ...said }
  } catch (error) {
    const why = refusalOf(error)
    if (!why) throw error
    return failed(why, nameIn(text))
  }
}

function remarksOn({ isComplete, isGlued }: CardText, { unread, contact }: ReadCard): Remark[] {
  return [
    ...(isComplete ? [] : [remark('card_end_missing')]),
    ...(isGlued ? [remark('card_end_not_alone')] : []),
    ...(unread ? [remark('line_not_read', { text: shortened(unread) })] : []),
    ...remarksOnBirthday(contact),
  ]
}

function nameOf({ fullName: stated, contact }: ReadCard): string | null {
  const name = stated ?? (isBlank(contact) ? null : fullName(contact))
  return name && name.slice(0, maxNameLength).toWellFormed()
}

/** The name in a card that cannot be read as a whole. */
function nameIn(text: string): string | null {
  const name = /^FN(?:;[^:\r\n\u2028\u2029]*)?:(.{1,200})/im.exec(text)?.[1]?.trim()
  return name ? withoutNul(name.toWellFormed()) : null
}

function withoutNul(text: string): string {
  return text.replaceAll('\0', '\ufffd')
}

const framing = new Set(['VERSION', 'PRODID', 'REV', 'UID', 'KIND', 'N', 'FN', 'CATEGORIES'])

/** Whether a card holds nobody: no property that says something, of a standard or of a program. */
function isEmpty({ contact }: ReadCard, text: string): boolean {
  if (!isBlank(contact)) return false
  return splitLines(text).every(
    (line) =>
      !isKnownName(line.name) ||
      line.name === 'BEGIN' ||
      line.name === 'END' ||
      framing.has(line.name) ||
      !/[^\s;,]/.test(valueOf(line)),
  )
}
