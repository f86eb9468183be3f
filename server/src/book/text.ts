/** Text of one line as contacts hold it: no control characters, nothing empty. */
export function oneLine(text: string): string | null {
  const clean = hasControl.test(text) ? text.replaceAll(/\p{Cc}+/gu, ' ') : text
  return clean.toWellFormed().trim() || null
}

/** Text of several lines: LF between them and no other control characters than tabs. */
export function manyLines(text: string): string | null {
  if (!hasControl.test(text)) return oneLine(text)
  const clean = text.replaceAll(/\r\n?/g, '\n').replaceAll(/(?![\n\t])\p{Cc}/gu, '')
  return clean.toWellFormed().trim() || null
}

const hasControl = /\p{Cc}/u

/** Cuts to a number of UTF-8 octets, never inside a character. */
export function cutOctets(text: string, maxOctets: number): string {
  // No character of a JavaScript string takes more than three.
  if (text.length * 3 <= maxOctets) return text
  const octets = new TextEncoder().encode(text)
  if (octets.length <= maxOctets) return text
  return new TextDecoder().decode(octets.subarray(0, maxOctets), { stream: true })
}

/** How many octets a text takes in UTF-8, without writing it. */
export function octetLength(text: string): number {
  let octets = 0
  for (let at = 0; at < text.length; at++) {
    const unit = text.charCodeAt(at)
    if (unit < 0x80) octets += 1
    else if (unit < 0x800) octets += 2
    else if (isHighSurrogate(unit) && isLowSurrogate(text.charCodeAt(at + 1))) {
      octets += 4
      at++
    } else octets += 3
  }
  return octets
}

function isHighSurrogate(unit: number): boolean {
  return unit >= 0xd800 && unit < 0xdc00
}

function isLowSurrogate(unit: number): boolean {
  return unit >= 0xdc00 && unit < 0xe000
}
