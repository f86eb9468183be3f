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
// In octets: version, day, epoch, modseq and start, and the checksum of these.
const sizes = { version: 1, day: 2, epoch: 7, modseq: 6, start: 6, checksum: 4 }
const length = Object.values(sizes).reduce((sum, size) => sum + size)

/** The position as clients carry it: opaque, in 35 characters of a URL. */
export function toToken({ day, epoch, modseq, start }: Position): string {
  const octets = Buffer.alloc(length)
  let at = octets.writeUIntBE(version, 0, sizes.version)
  at = octets.writeUIntBE(day, at, sizes.day)
  at = writeLong(octets, epoch, at)
  at = octets.writeUIntBE(modseq, at, sizes.modseq)
  at = octets.writeUIntBE(start, at, sizes.start)
  octets.writeUIntBE(crc32(octets.subarray(0, at)), at, sizes.checksum)
  return octets.toString('base64url')
}

/** The inverse of {@link toToken}. @returns undefined for what is no token, or a damaged one */
export function fromToken(token: string): Position | undefined {
  const octets = Buffer.from(token, 'base64url')
  if (octets.length !== length || octets.toString('base64url') !== token) return undefined
  const end = length - sizes.checksum
  if (octets.readUIntBE(end, sizes.checksum) !== crc32(octets.subarray(0, end))) return undefined
  if (octets.readUIntBE(0, sizes.version) !== version) return undefined
  let at = sizes.version
  const day = octets.readUIntBE(at, sizes.day)
  const epoch = readLong(octets, (at += sizes.day))
  const modseq = octets.readUIntBE((at += sizes.epoch), sizes.modseq)
  const start = octets.readUIntBE((at += sizes.modseq), sizes.start)
  return { day, epoch, modseq, start }
}

// Node writes and reads at most six octets of a number at once.
const longTail = 2 ** 32

function writeLong(octets: Buffer, value: number, at: number): number {
  const next = octets.writeUIntBE(Math.floor(value / longTail), at, sizes.epoch - 4)
  return octets.writeUIntBE(value % longTail, next, 4)
}

function readLong(octets: Buffer, at: number): number {
  const head = octets.readUIntBE(at, sizes.epoch - 4)
  return head * longTail + octets.readUIntBE(at + sizes.epoch - 4, 4)
}
