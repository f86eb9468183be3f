/** What changes the direction of all that follows, up to the end of the paragraph (UAX #9, 2.1 and 2.2). */
const overrides = /[\u202A-\u202E]/gu
/** What does so up to a mark of its end (UAX #9, 2.4). */
const isolates = /[\u2066-\u2068]/gu
const isolateEnd = '\u2069'

/** A value for the middle of a sentence, which does not turn around the rest of it. */
export function withoutDirection(value: string): string {
  const opened = value.match(isolates)?.length ?? 0
  const open = opened - (value.split(isolateEnd).length - 1)
  return value.replace(overrides, '') + isolateEnd.repeat(Math.max(0, open))
}
