const months = 'Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec'
const days = 'Mon|Tue|Wed|Thu|Fri|Sat|Sun'
const longDays = 'Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday'
const time = String.raw`\d\d:\d\d:\d\d`

/** RFC 9110, 5.6.7, the two older forms as well. */
const forms = [
  String.raw`(?:${days}), \d\d (?:${months}) \d{4} ${time} GMT`,
  String.raw`(?:${longDays}), \d\d-(?:${months})-\d\d ${time} GMT`,
  String.raw`(?:${days}) (?:${months}) [ \d]\d ${time} \d{4}`,
]
const httpDate = new RegExp(`^(?:${forms.join('|')})$`)

/** A date of HTTP in milliseconds; undefined for any other text. */
export function readHttpDate(text: string): number | undefined {
  if (!httpDate.test(text)) return undefined
  const milliseconds = Date.parse(text.endsWith(' GMT') ? text : `${text} GMT`)
  return Number.isNaN(milliseconds) ? undefined : milliseconds
}
