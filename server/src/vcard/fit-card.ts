import { parseDerivedCard, type Card } from './lines/card.ts'
import { binaryProperties } from './lines/encoded-text.ts'
import type { Line } from './lines/lines.ts'
import { makeParam } from './lines/params.ts'
import { changedLine, editCard, editedText, removeLine, replaceLine } from './patch/card-edit.ts'
import type { CardEdit } from './patch/card-edit.ts'
import { readBinaryLine } from './photo.ts'
import { maxCardBytes } from './vcard-error.ts'

/** Makes a JPEG of at most so many octets; null if that cannot be done. */
export type Shrink = (picture: Uint8Array, maxOctets: number) => Promise<Uint8Array | null>

export type FittedCard = {
  text: string
  /** How many pictures were made smaller. */
  smaller: number
  /** The names of the properties that were left out. */
  removed: string[]
}

// Of a line, of which base64 and folding make four octets from less than three.
const shareOfOctets = 0.7
/** Enough to be seen on a screen. */
const maxPictureOctets = 700_000
const minPictureOctets = 10_000

/**
 * Fits a card into the limit of cards: its largest pictures are made smaller, or left out where that
 * is not possible, as are sounds and keys. All other lines keep every octet.
 * @returns null if the card would still be too large
 * @throws {VcardError}
 */
export async function fitCard(text: string, shrink: Shrink): Promise<FittedCard | null> {
  const card = parseDerivedCard(text)
  const edit = editCard(card, card.version ?? '3.0')
  const fitted: FittedCard = { text, smaller: 0, removed: [] }
  let size = Buffer.byteLength(text)
  for (const line of binaryLines(card)) {
    if (size <= maxCardBytes) break
    const others = size - Buffer.byteLength(line.raw)
    const room = Math.floor((maxCardBytes - others) * shareOfOctets)
    const picture = await smallerPicture(card, line, Math.min(room, maxPictureOctets), shrink)
    if (picture) {
      const smaller = pictureLine(edit, line, picture)
      replaceLine(edit, line, smaller)
      fitted.smaller++
      size = others + Buffer.byteLength(smaller.raw)
    } else {
      removeLine(edit, line)
      fitted.removed.push(line.name)
      size = others
    }
  }
  fitted.text = editedText(edit)
  return Buffer.byteLength(fitted.text) > maxCardBytes ? null : fitted
}

function binaryLines({ lines }: Card): Line[] {
  const found = lines.filter(({ name }) => binaryProperties.has(name))
  return found.sort((a, b) => b.raw.length - a.raw.length)
}

async function smallerPicture(
  card: Card,
  line: Line,
  maxOctets: number,
  shrink: Shrink,
): Promise<Uint8Array | null> {
  const isPicture = line.name === 'PHOTO' || line.name === 'LOGO'
  const data = isPicture && maxOctets >= minPictureOctets ? readBinaryLine(card, line) : null
  if (data?.kind !== 'bytes') return null
  const picture = await shrink(data.bytes, maxOctets)
  return picture && picture.length <= maxOctets ? picture : null
}

/** A line with another picture, in the form of the card's version. */
function pictureLine(edit: CardEdit, line: Line, picture: Uint8Array): Line {
  const base64 = Buffer.from(picture).toString('base64')
  if (edit.version === '4.0') {
    return changedLine(edit, line, { params: [], value: `data:image/jpeg;base64,${base64}` })
  }
  const encoding = edit.version === '2.1' ? 'BASE64' : 'b'
  const params = [makeParam('ENCODING', [encoding]), makeParam('TYPE', ['JPEG'])]
  return changedLine(edit, line, { params, value: base64 })
}
