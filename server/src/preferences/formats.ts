import type { Format } from '../book/formats.ts'

const language = /^[A-Za-z]{2,8}(?:-[A-Za-z0-9]{1,8})*$/
const region = /^[A-Z]{2}$/

/** The formats of what people prefer. */
export const preferenceFormats = {
  language: {
    isValid: isLanguage,
    refusal: 'must be a language as de or pt-BR.',
    pattern: language.source,
  },
  region: {
    isValid: (text) => region.test(text),
    refusal: 'must be the code of a country as UA.',
    pattern: region.source,
  },
} satisfies Record<string, Format>

function isLanguage(text: string): boolean {
  try {
    return text.length <= 35 && language.test(text) && Intl.getCanonicalLocales(text).length === 1
  } catch {
    return false
  }
}
