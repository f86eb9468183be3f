import { crc32 } from 'node:zlib'

/** A place in the changes of one book: all before it is known. */
export type Position = {
  /** Of the book in this database: a restored backup has another one. */
  epoch: number
  /** The last change that was read. */
  modseq: number
  /**
   * The last change when a reading from the beginning began, until that is through: what was gone
   * by then was never shown. Else 0.
   */
  start: number
  /**
   * When there was last nothing more to read, in days since 1970: what was deleted since then has to be
   * remembered.
   */
  day: number
}

const version = 1
// Where the parts of a token stand, in octets: version, day (2), epoch (7), modseq (6), start (6), and
// the checksum of these (4).
const places = { day: 1, epoch: 3, modseq: 10, start: 16, checksum: 22 }
const length = 26

/** The position as clients carry it: opaque, in 35 characters of a URL. */
export function toToken({ day, epoch, modseq, start }: Position): string {
  const octets = Buffer.alloc(length)
  octets.writeUInt8(version)
  octets.writeUInt16BE(day, places.day)
  // Node writes and reads at most six octets of a number at once.
  octets.writeUIntBE(Math.floor(epoch / 2 ** 32), places.epoch, 3)
  octets.writeUInt32BE(epoch % 2 ** 32, places.epoch + 3)
  octets.writeUIntBE(modseq, places.modseq, 6)
  octets.writeUIntBE(start, places.start, 6)
  octets.writeUInt32BE(checksumOf(octets), places.checksum)
  return octets.toString('base64url')
}

/** The inverse of {@link toToken}. @returns undefined for what is no token, or a damaged one */
export function fromToken(token: string): Position | undefined {
  const octets = Buffer.from(token, 'base64url')
  // Node also reads what is spelt otherwise than it writes.
  if (octets.length !== length || octets.toString('base64url') !== token) return undefined
  if (octets.readUInt32BE(places.checksum) !== checksumOf(octets)) return undefined
  if (octets.readUInt8() !== version) return undefined
  return {
    day: octets.readUInt16BE(places.day),
    epoch: octets.readUIntBE(places.epoch, 3) * 2 ** 32 + octets.readUInt32BE(places.epoch + 3),
    modseq: octets.readUIntBE(places.modseq, 6),
    start: octets.readUIntBE(places.start, 6),
  }
}

function checksumOf(octets: Buffer): number {
  return crc32(octets.subarray(0, places.checksum))
}
