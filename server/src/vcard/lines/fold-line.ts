const maxOctets = 75

/** Folds at 75 octets, never within a character (RFC 6350, 3.2). The last line has no line end. */
export function foldLine(text: string, lineEnd: string): string {
  if (text.length * 3 <= maxOctets) return text
  let folded = ''
  let start = 0
  let octets = 0
  for (let at = 0; at < text.length; at++) {
    const width = octetsAt(text, at)
    if (octets + width > maxOctets) {
      folded += text.slice(start, at) + lineEnd + ' '
      start = at
      octets = 1
    }
    octets += width
    if (width === 4) at++
  }
  return folded + text.slice(start)
}

function octetsAt(text: string, at: number): number {
  const unit = text.charCodeAt(at)
  if (unit < 0x80) return 1
  if (unit < 0x800) return 2
  const isPair = unit >= 0xd800 && unit < 0xdc00 && (text.charCodeAt(at + 1) & 0xfc00) === 0xdc00
  return isPair ? 4 : 3
}
