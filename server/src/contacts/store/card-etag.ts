import { createHash } from 'node:crypto'

/** What names the octets of a card, and so survives a restored backup: half of their SHA-256, in hex. */
export function cardEtag(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, 32)
}
