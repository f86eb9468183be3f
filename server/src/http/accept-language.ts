// No browser sends more, and what is kept of it stays small.
const maxLanguages = 10

/**
 * The languages of an Accept-Language (RFC 9110, 12.5.4), the most wanted first, as canonical BCP 47 tags;
 * without those that are none.
 */
export function acceptedLanguages(header = ''): string[] {
  const wanted = header
    .slice(0, 500)
    .split(',')
    .map(readRange)
    .filter(({ tag, quality }) => tag !== undefined && quality > 0)
    .sort((one, other) => other.quality - one.quality)
    .flatMap(({ tag }) => tag ?? [])
  return [...new Set(wanted)].slice(0, maxLanguages)
}

function readRange(range: string): { tag: string | undefined; quality: number } {
  const [tag = '', ...parameters] = range.split(';').map((part) => part.trim())
  const weight = parameters.find((parameter) => parameter.startsWith('q='))
  return { tag: canonical(tag), quality: weight === undefined ? 1 : Number(weight.slice(2)) }
}

function canonical(tag: string): string | undefined {
  try {
    return Intl.getCanonicalLocales(tag)[0]
  } catch {
    // `*`, or no tag at all.
    return undefined
  }
}
