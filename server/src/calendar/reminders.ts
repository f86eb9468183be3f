// RFC 5545, 3.3.6, knows no months and years, as they have no length.
const reminderForm =
  /^-?P(?:(\d{1,3})W|(?=\d|T\d)(?:(\d{1,3})D)?(?:T(?=\d)(?:(\d{1,4})H)?(?:(\d{1,5})M)?(?:(\d{1,7})S)?)?)$/

const daySeconds = 24 * 60 * 60
const nine = 9 * 60 * 60
const maxDays = 366

/**
 * Reads a reminder: an ISO 8601 duration before 9:00 of the day. `-PT0S` is 9:00 of the day itself.
 * @returns the seconds before 9:00; undefined for what is no such duration, or longer than a year
 */
export function parseReminder(text: string): number | undefined {
  const match = reminderForm.exec(text)
  if (!match) return undefined
  const [weeks = 0, days = 0, hours = 0, minutes = 0, seconds = 0] = match
    .slice(1)
    .map((digits: string | undefined) => Number(digits ?? 0))
  const before = (weeks * 7 + days) * daySeconds + hours * 3600 + minutes * 60 + seconds
  const isBefore = text.startsWith('-') || before === 0
  return isBefore && before <= maxDays * daySeconds ? before : undefined
}

/**
 * The trigger of an alarm (RFC 5545, 3.8.6.3), relative to the start of an all-day event, which is the
 * midnight of wherever the calendar is shown.
 */
export function triggerOf(reminder: string): string {
  return formatDuration(nine - (parseReminder(reminder) ?? 0))
}

function formatDuration(seconds: number): string {
  const length = Math.abs(seconds)
  const days = Math.floor(length / daySeconds)
  const parts = [
    [Math.floor((length % daySeconds) / 3600), 'H'],
    [Math.floor((length % 3600) / 60), 'M'],
    [length % 60, 'S'],
  ] as const
  const time = parts.map(([count, unit]) => (count === 0 ? '' : `${count}${unit}`)).join('')
  const date = days === 0 ? '' : `${days}D`
  const whole = date + (time === '' ? '' : `T${time}`)
  return `${seconds < 0 ? '-' : ''}P${whole === '' ? 'T0S' : whole}`
}
