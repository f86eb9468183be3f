import type { Format } from '../book/formats.ts'

const language = /^[A-Za-z]{2,8}(?:-[A-Za-z0-9]{1,8})*$/
const region = /^[A-Z]{2}$/

const regionNames = new Intl.DisplayNames('en', { type: 'region', fallback: 'none' })
// Regions of CLDR that are no country: unions, the unknown one, outlying Oceania, and those of tests.
const noCountries = new Set(['EU', 'EZ', 'QO', 'UN', 'XA', 'XB', 'ZZ'])

/** The formats of what people prefer. */
export const preferenceFormats = {
  language: {
    isValid: isLanguage,
    refusal: 'must be a language as de or pt-BR.',
    pattern: language.source,
  },
  region: {
    isValid: isRegion,
    refusal: 'must be the code of a country as UA.',
    pattern: region.source,
  },
} satisfies Record<string, Format>

/** Refuses codes that stand for another one, such as UK. */
function isRegion(text: string): boolean {
  return (
    region.test(text) &&
    !noCountries.has(text) &&
    regionNames.of(text) !== undefined &&
    new Intl.Locale(`und-${text}`).region === text
  )
}

function isLanguage(text: string): boolean {
  try {
    return text.length <= 35 && language.test(text) && Intl.getCanonicalLocales(text).length === 1
  } catch {
    return false
  }
}
