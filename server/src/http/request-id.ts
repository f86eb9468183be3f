import { randomBytes } from 'node:crypto'

// A multiple of three octets, so that each id is a whole number of characters.
const octets = 15
const characters = (octets / 3) * 4
const idsAtOnce = 256

let ids = ''
let next = 0

/**
 * An id that nobody can guess or count: 20 characters of base64url, 120 random bits. Many are made at
 * once, since one by one they cost more than all that the router does.
 */
export function newRequestId(): string {
  if (next === ids.length) {
    ids = randomBytes(octets * idsAtOnce).toString('base64url')
    next = 0
  }
  return ids.slice(next, (next += characters))
}
