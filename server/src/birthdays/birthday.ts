/** A birthday as the database keeps it: `md` is month * 100 + day; no year where it is unknown. */
export type Birthday = { year: number | null; md: number }

/**
 * Reads `YYYY-MM-DD`, or `--MM-DD` where the year is unknown (RFC 6350, 4.3.1, in extended form).
 * @returns undefined for what is no date of the calendar, or lies in the future everywhere on Earth
 */
export function parseBirthday(text: string): Birthday | undefined {
  const match = /^(?:(\d{4})|-)-(\d\d)-(\d\d)$/.exec(text)
  if (!match) return undefined
  const year = match[1] === undefined ? null : Number(match[1])
  const [month, day] = [Number(match[2]), Number(match[3])]
  if (year === 0) return undefined
  try {
    // Without a year, 29 February is a birthday: 2000 had one.
    const date = Temporal.PlainDate.from({ year: year ?? 2000, month, day }, { overflow: 'reject' })
    if (year !== null && Temporal.PlainDate.compare(date, latestToday()) > 0) return undefined
  } catch {
    return undefined
  }
  return { year, md: month * 100 + day }
}

/** The inverse of {@link parseBirthday}. */
export function formatBirthday({ year, md }: Birthday): string {
  const monthDay = `${twoDigits(Math.floor(md / 100))}-${twoDigits(md % 100)}`
  return year === null ? `--${monthDay}` : `${String(year).padStart(4, '0')}-${monthDay}`
}

/** The date where the day begins first: nobody's today is later. */
function latestToday(): Temporal.PlainDate {
  return Temporal.Now.plainDateISO('Pacific/Kiritimati')
}

export function twoDigits(value: number): string {
  return String(value).padStart(2, '0')
}
