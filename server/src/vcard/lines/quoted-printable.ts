import { decodeCharset } from './decode-vcard.ts'

/**
 * Finds the encoding in parameters, also as some programs shorten it, but not that of a label within a
 * parameter.
 */
const quotedPrintable = /;(?:ENCODING\s*=\s*)?"?QUOTED-PRINTABLE|;ENCODING=QUOTED(?=[;:]|$)/i

/** Whether the parameters in the header of a line say that its value is in quoted-printable. */
export function saysQuotedPrintable(header: string): boolean {
  return header !== '' && quotedPrintable.test(outsideQuotes(header))
}

/** Parameters in which quoted values neither begin a parameter nor name one: `X-FROM="data:image/png;base64,…"`. */
export function outsideQuotes(params: string): string {
  if (!params.includes('"')) return params
  return params.replaceAll(/"[^"]*"/g, (quoted) => quoted.replaceAll(/[;,=]/g, ' '))
}

const isAscii = (unit: number) => unit < 0x80

/** Decodes quoted-printable (RFC 2045, 6.7). An equals sign that begins no escape is kept. */
export function decodeQuotedPrintable(text: string, charset: string | undefined): string {
  if (!text.includes('=')) return text
  const octets = new Uint8Array(text.length)
  let length = 0
  let decoded = ''
  const flush = () => {
    if (length > 0) decoded += decodeCharset(octets.subarray(0, length), charset)
    length = 0
  }
  for (let at = 0; at < text.length; at++) {
    const unit = text.charCodeAt(at)
    const octet = unit === 61 ? hexOctet(text, at + 1) : -1
    if (octet >= 0) {
      octets[length++] = octet
      at += 2
    } else if (isAscii(unit)) {
      // The second octet of a Shift JIS character may look like a letter.
      if (unit !== 61 || at + 1 < text.length) octets[length++] = unit
    } else {
      flush()
      decoded += text[at]
    }
  }
  flush()
  return decoded
}

function hexOctet(text: string, at: number): number {
  const high = hexDigit(text.charCodeAt(at))
  const low = hexDigit(text.charCodeAt(at + 1))
  return high < 0 || low < 0 ? -1 : high * 16 + low
}

function hexDigit(unit: number): number {
  if (unit >= 48 && unit <= 57) return unit - 48
  const letter = unit | 32
  return letter >= 97 && letter <= 102 ? letter - 87 : -1
}
