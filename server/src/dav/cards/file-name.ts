import { DavError } from '../dav-error.ts'

const maxNameOctets = 255

/** @throws {DavError} 403 for the name of a file that is too long to be kept */
export function requireFileName(name: string) {
  if (Buffer.byteLength(name) <= maxNameOctets) return
  throw new DavError(403, `The name is longer than ${maxNameOctets} octets.`)
}
