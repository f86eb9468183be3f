/** What is taken for a preference that is not set. */
export type Guesses = { language: string | null; region: string | null; time_zone: string | null }

/** What guesses are made from: languages as BCP 47 tags, the most wanted first, and regions of ISO 3166-1. */
export type Signs = { languages: string[]; phoneRegion: string | null; region: string | null }

// Spoken in many countries, so that the language alone says nothing of the country.
const widespread = new Set([
  'ar',
  'bn',
  'de',
  'en',
  'es',
  'fa',
  'fr',
  'ms',
  'nl',
  'pt',
  'ru',
  'sw',
  'ta',
  'ur',
  'zh',
])

/**
 * Guesses rather too little than something wrong. The country of the first phone numbers goes before that
 * of a language, which is often only how the browser came.
 */
export function guessesFrom({ languages, phoneRegion, region }: Signs): Guesses {
  const [language = null] = languages
  const guessed = phoneRegion ?? regionOfLanguage(language)
  return { language, region: guessed, time_zone: zoneOf(region ?? guessed) }
}

function regionOfLanguage(tag: string | null): string | null {
  // What many browsers ask for, wherever they are.
  if (tag === null || tag === 'en-US') return null
  const locale = new Intl.Locale(tag)
  const likely = widespread.has(locale.language) ? undefined : locale.maximize().region
  const region = locale.region ?? likely
  return region !== undefined && /^[A-Z]{2}$/.test(region) ? region : null
}

/** The time zone of a country, where its clocks all show the same, in winter and in summer. */
function zoneOf(region: string | null): string | null {
  const zones = region === null ? [] : (new Intl.Locale(`und-${region}`).getTimeZones() ?? [])
  const [first = null, ...others] = zones
  return others.every((zone) => first !== null && haveSameClocks(zone, first)) ? first : null
}

function haveSameClocks(one: string, other: string): boolean {
  const year = new Date().getFullYear()
  const days = [new Date(Date.UTC(year, 0, 15)), new Date(Date.UTC(year, 6, 15))]
  return days.every((day) => clockAt(day, one) === clockAt(day, other))
}

function clockAt(day: Date, timeZone: string): string {
  return day.toLocaleString('en', { timeZone, timeZoneName: 'longOffset' })
}
