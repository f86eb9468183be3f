import { currentLocale, text } from './text.ts'

const steps: [unit: Intl.RelativeTimeFormatUnit, ms: number][] = [
  ['year', 31_557_600_000],
  ['month', 2_629_800_000],
  ['week', 604_800_000],
  ['day', 86_400_000],
  ['hour', 3_600_000],
  ['minute', 60_000],
]

/** “3 days ago”, “just now”; also of what is still to come. */
export function timeAgo(iso: string, now = Date.now()): string {
  const format = new Intl.RelativeTimeFormat(currentLocale(), { numeric: 'auto' })
  const passed = Date.parse(iso) - now
  const step = steps.find(([, ms]) => Math.abs(passed) >= ms)
  if (!step) return text('frame.justNow')
  const [unit, ms] = step
  return format.format(Math.trunc(passed / ms), unit)
}

/** “22 Nov 2026, 18:40” */
export function dateAndTime(iso: string): string {
  return new Intl.DateTimeFormat(currentLocale(), {
    dateStyle: 'medium',
    timeStyle: 'short',
  }).format(new Date(iso))
}

/** `12,000` */
export function number(value: number): string {
  return new Intl.NumberFormat(currentLocale()).format(value)
}
