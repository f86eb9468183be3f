/** How texts are compared (RFC 4790). */
export type Collation = 'i;unicode-casemap' | 'i;ascii-casemap' | 'i;octet'

const beyondAscii = /[^\p{ASCII}]/u

/** What of two texts is equal where the collation takes them for the same. */
export function collate(collation: Collation, text: string): string {
  if (collation === 'i;octet') return text
  if (collation === 'i;ascii-casemap') {
    return text.replaceAll(/[a-z]+/g, (letters) => letters.toUpperCase())
  }
  // RFC 5051: case, and how a letter is put together, make no difference.
  const upper = text.toUpperCase()
  return beyondAscii.test(upper) ? upper.normalize('NFKD') : upper
}
