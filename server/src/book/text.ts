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
  const octets = Buffer.from(text)
  if (octets.length <= maxOctets) return text
  return new TextDecoder().decode(octets.subarray(0, maxOctets), { stream: true })
}
