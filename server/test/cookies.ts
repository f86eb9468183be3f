/** What a browser sends back of the cookies that an answer sets. */
export function cookiesIn(set: string | string[] | number | undefined): string {
  const lines = Array.isArray(set) ? set : [String(set ?? '')]
  return lines.map((line) => line.split(';')[0] ?? '').join('; ')
}
