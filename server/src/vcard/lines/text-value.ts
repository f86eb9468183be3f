import { decodeQuotedPrintable } from './quoted-printable.ts'

/** How the text of a line is encoded: with the escapes of its version, and its transfer encoding. */
export type Coding = { version: string | null; isQuotedPrintable: boolean; charset?: string }

const plain: Coding = { version: '3.0', isQuotedPrintable: false }

/** Decodes the text of a value (RFC 6350, 3.4). A comma that is not escaped is accepted. */
export function readText(value: string, coding: Coding = plain): string {
  const decoded = coding.isQuotedPrintable ? decodeQuotedPrintable(value, coding.charset) : value
  if (!decoded.includes('\\')) return decoded
  // vCard 2.1 has no escape for line breaks: \n may be a part of a Windows path.
  const escape = coding.version === '2.1' ? /\\([;:,])/g : /\\([;:,"nN])/g
  const unescape = (_: string, character: string) =>
    character === 'n' || character === 'N' ? '\n' : character
  // Splitting at pairs of backslashes first keeps a text of many backslashes linear.
  const pieces = decoded.split('\\\\')
  return pieces
    .map((piece) => (piece.includes('\\') ? piece.replaceAll(escape, unescape) : piece))
    .join('\\')
}

/** The inverse of {@link readText}: 3.0 demands these escapes, and 4.0 allows them. */
export function writeText(text: string): string {
  if (!/[\\;,\n]/.test(text)) return text
  return text
    .replaceAll('\\', '\\\\')
    .replaceAll(';', '\\;')
    .replaceAll(',', '\\,')
    .replaceAll('\n', '\\n')
}

/** Writes a URI, which is not escaped as text is. {@link readText} reads it with or without escapes. */
export function writeUri(text: string): string {
  return text.replaceAll('\\', '\\\\').replaceAll('\n', '\\n')
}

/** Splits at each `;` or `,` that no backslash escapes; the parts keep their escapes. */
export function splitValue(value: string, separator: ';' | ','): string[] {
  if (!value.includes('\\')) return value.split(separator)
  const parts: string[] = []
  let start = 0
  for (let at = 0; at < value.length; at++) {
    const character = value[at]
    if (character === '\\') at++
    else if (character === separator) {
      parts.push(value.slice(start, at))
      start = at + 1
    }
  }
  parts.push(value.slice(start))
  return parts
}
