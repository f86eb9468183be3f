import { decodeQuotedPrintable } from './quoted-printable.ts'

/** How the text of a line is written: the escapes of its version and its transfer encoding. */
export type Coding = { version: string | null; isQuotedPrintable: boolean; charset?: string }

const plain: Coding = { version: '3.0', isQuotedPrintable: false }

/** The text behind a value (RFC 6350, 3.4). A comma that is not escaped is a comma as well. */
export function readText(value: string, coding: Coding = plain): string {
  const decoded = coding.isQuotedPrintable ? decodeQuotedPrintable(value, coding.charset) : value
  if (!decoded.includes('\\')) return decoded
  // vCard 2.1 has no escape for line breaks: its paths may hold \n.
  const escape = coding.version === '2.1' ? /\\([;:,])/g : /\\([;:,"nN])/g
  const unescape = (_: string, character: string) =>
    character === 'n' || character === 'N' ? '\n' : character
  // Pairs of backslashes by themselves: a text of nothing else would keep a pattern busy for seconds.
  const pieces = decoded.split('\\\\')
  return pieces
    .map((piece) => (piece.includes('\\') ? piece.replaceAll(escape, unescape) : piece))
    .join('\\')
}

/** The inverse of {@link readText}, as 3.0 wants it; 4.0 allows it. */
export function writeText(text: string): string {
  if (!/[\\;,\n]/.test(text)) return text
  return text
    .replaceAll('\\', '\\\\')
    .replaceAll(';', '\\;')
    .replaceAll(',', '\\,')
    .replaceAll('\n', '\\n')
}

/** A URI is not escaped as text is; programs that do are read alike. */
export function writeUri(text: string): string {
  return text.replaceAll('\\', '\\\\').replaceAll('\n', '\\n')
}

/** Splits at `;` or `,` where no backslash stands before it; the parts keep their escapes. */
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
