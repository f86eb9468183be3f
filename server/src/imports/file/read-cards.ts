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
import { isBlank, type Entry } from './entry.ts'
import { fingerprintCard } from './fingerprint.ts'
import { shrinkPhoto } from './shrink-photo.ts'

const maxUidOctets = 1024
const maxNameLength = 200
const maxLineShown = 60

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
    const reason = `Line ${line} of the file, and what may follow it, belongs to no vCard.`
    return { kind: 'failed', number, name: withoutNul(piece.text) || null, reason, source }
  }
  const what =
    piece.reason === 'too_large'
      ? `is larger than ${maxReadableBytes / maxCardBytes} MiB`
      : `has more than ${maxPhysicalLines} lines per MiB`
  const reason = `The vCard at line ${line} ${what}.`
  return { kind: 'failed', number, name: nameIn(piece.start), reason, source }
}

/** Reads a card that is larger than Kith keeps, with its photos made smaller or left out. */
async function readLarge(piece: CardText & ByteRange, number: number): Promise<Entry> {
  const fitted = await fitCard(piece.text, shrinkPhoto).catch((error: unknown) => {
    if (error instanceof VcardError) return null
    throw error
  })
  if (!fitted) {
    const { line, from, to, charset } = piece
    const reason = `The vCard at line ${line} is larger than 1 MiB.`
    const source = { from, to, charset }
    return { kind: 'failed', number, name: nameIn(piece.text), reason, source }
  }
  const entry = readOne({ ...piece, text: fitted.text }, number, piece.text)
  if (entry.kind !== 'card') return entry
  return { ...entry, remark: [remarkOnFit(fitted), entry.remark].filter(Boolean).join(' ') }
}

function remarkOnFit({ smaller, removed }: FittedCard): string {
  const ways = [
    ...(smaller > 0 ? ['its photo was made smaller'] : []),
    ...(removed.length > 0 ? [`its ${removed.join(', ')} was left out`] : []),
  ]
  return `The vCard is larger than 1 MiB: ${ways.join(', and ')}.`
}

/** @param cameAs the text in the file, by which a later import knows the entry again */
function readOne(piece: CardText, number: number, cameAs: string): Entry {
  const { text, isComplete } = piece
  const failed = (reason: string, name: string | null = null): Entry => {
    return { kind: 'failed', number, name, reason, source: text }
  }
  if (text.includes('\0')) return failed('The vCard holds a NUL character, which no text has.')
  if (!isComplete && !/[\r\n]$/.test(text)) {
    return failed('The file ends in the middle of this vCard.', nameIn(text))
  }
  try {
    const read = readCard(text)
    const name = nameOf(read)
    const { uid, kind, categories } = read
    if (kind === 'group' && name === null) return failed('The group has no name.')
    if (kind !== 'group' && isEmpty(read, text)) return failed('The vCard is empty.')
    if (uid !== null && Buffer.byteLength(uid) > maxUidOctets) {
      return failed(`The UID of the vCard is longer than ${maxUidOctets} octets.`, name)
    }
    if (kind === 'group' && name !== null) return { kind, number, name, text }
    const remark = remarkOn(piece, read)
    const fingerprints = fingerprintCard(cameAs, uid, categories)
    const photoHash = cardPhotoHash(text)
    const said = { fingerprints, remark, archived: null }
    return { kind: 'card', number, name, text, read, photoHash, ...said }
  } catch (error) {
    if (!(error instanceof VcardError)) throw error
    return failed(error.message, nameIn(text))
  }
}

function remarkOn({ isComplete, isGlued }: CardText, { unread }: ReadCard): string | null {
  const remarks = [
    ...(isComplete ? [] : ['END:VCARD is missing: something of the vCard may be, too.']),
    ...(isGlued
      ? ['Something follows END:VCARD on the same line: it was read as what comes next.']
      : []),
    ...(unread
      ? [`The line “${shortened(unread)}” is no property of a vCard, and was not read.`]
      : []),
  ]
  return remarks.join(' ') || null
}

function shortened(text: string): string {
  return text.length <= maxLineShown ? text : `${text.slice(0, maxLineShown).toWellFormed()}…`
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
