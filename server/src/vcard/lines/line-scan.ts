import { beginsProperty } from './property-names.ts'
import { saysQuotedPrintable } from './quoted-printable.ts'

/**
 * The end of the content line at `start`: folds (RFC 6350, 3.2) and soft line breaks (RFC 2045, 6.7)
 * do not end it.
 */
export function contentLineEnd(text: string, start: number, lineEnd: string): number {
  let from = start
  let isSoft: boolean | undefined
  for (;;) {
    const at = text.indexOf(lineEnd, from)
    if (at < 0) return text.length
    from = at + 1
    const next = text.charCodeAt(from)
    if (next === 32 || next === 9) continue
    let last = at - 1
    while (last > start && text.charCodeAt(last) === 13) last--
    if (last <= start || text.charCodeAt(last) !== 61) return from
    isSoft ??= hasSoftBreaks(text, start, last)
    // END counts even after a soft line break: the card was cut off within a value.
    if (!isSoft || isEnd(text.slice(from, from + 16))) return from
    const follows = afterBlankLines(text, from, lineEnd)
    // Some programs end a value with a soft line break, and others leave a line blank within it.
    const isEndOfValue =
      follows === text.length || beginsProperty(text.slice(follows, follows + 200))
    if (follows > from && isEndOfValue) return from
    from = follows
  }
}

/** The start of the first line from here on that is not blank. */
function afterBlankLines(text: string, start: number, lineEnd: string): number {
  let next = start
  for (let at = start; at < text.length; at++) {
    const unit = text.charCodeAt(at)
    if (unit > 32) break
    if (text[at] === lineEnd) next = at + 1
  }
  return next
}

/** The index of the colon before the value, which is not one within a quoted parameter. */
export function colonOf(raw: string): number {
  const first = raw.indexOf(':')
  if (first < 0 || !raw.slice(0, first).includes('"')) return first
  let isQuoted = false
  for (let at = 0; at < raw.length; at++) {
    const unit = raw.charCodeAt(at)
    if (unit === 34) isQuoted = !isQuoted
    else if (unit === 58 && !isQuoted) return at
  }
  // A quote that is never closed is an ordinary character.
  return first
}

export function isBegin(raw: string): boolean {
  return withoutSpaces(raw) === 'BEGIN:VCARD'
}

export function isEnd(raw: string): boolean {
  return withoutSpaces(raw) === 'END:VCARD'
}

function withoutSpaces(raw: string): string {
  if (raw.length > 40 || !mayEndInD(raw)) return ''
  return raw.replaceAll(/[\s\ufeff]/g, '').toUpperCase()
}

/** Whether a line may end as BEGIN:VCARD and END:VCARD do: known without a copy of nearly all others. */
function mayEndInD(raw: string): boolean {
  let last = raw.length - 1
  while (last >= 0 && raw.charCodeAt(last) <= 32) last--
  const unit = raw.charCodeAt(last)
  return unit === 0x44 || unit === 0x64 || unit > 0x7f
}

const maxHeader = 4096

/** Whether the line is in quoted-printable, so that an equals sign at `end` is a soft line break. */
function hasSoftBreaks(text: string, start: number, end: number): boolean {
  const colon = text.indexOf(':', start)
  if (colon < 0 || colon > end) return false
  return saysQuotedPrintable(text.slice(start, Math.min(colon, start + maxHeader)))
}
