import {
  getCountryCallingCode,
  isSupportedCountry,
  parsePhoneNumberFromString,
  type CountryCode,
} from 'libphonenumber-js/min'
import { fold } from '../../book/fold.ts'
import { digitsOf, looksSpelled, phoneForms, withoutLetters } from '../../book/phone-number.ts'

/** A number as numbers are compared. */
export type PhoneKey = {
  /** With its country's code, in digits alone; null where nobody knows the country. */
  international: string | null
  /** As it is dialled at home, in digits alone. */
  national: string
  /** Whether the country's code is written, and not that of the owner's region. */
  isCertain: boolean
}

export type PhoneKeys = (text: string) => PhoneKey | null

// Fewer digits are an extension, or a number to all of a country: 112.
const minDigits = 3
// E.164 has at most 15; more are two numbers in one field, or none.
const maxDigits = 17

const isSimple = /^[\d\s()+./-]+$/
const abroad = /^\s*(?:\+|00)/

/** Reads numbers as the people of a region dial them; without one, only what has a country's code. */
export function createPhoneKeys(region: string | null): PhoneKeys {
  const home = region !== null && isSupportedCountry(region) ? dialling(region) : null
  return (text) => {
    const written = fold(text)
    const folded = looksSpelled(written) ? withoutLetters(written) : written
    const isPlain = isSimple.test(folded)
    if (isPlain && abroad.test(folded)) return fromForms(phoneForms(folded))
    const digits = digitsOf(folded)
    const usual = isPlain ? home?.international(digits) : undefined
    if (usual !== undefined) return { international: usual, national: digits, isCertain: false }
    const parsed =
      home || !isPlain
        ? parsePhoneNumberFromString(folded, {
            ...(home && { defaultCountry: home.region }),
            extract: false,
          })
        : undefined
    if (parsed?.isValid()) return fromParsed(parsed.number, parsed.ext, folded.includes('+'))
    return digits.length < minDigits || digits.length > maxDigits
      ? null
      : { international: null, national: digits, isCertain: false }
  }
}

function fromForms([international = '', national = international]: string[]): PhoneKey | null {
  const isNumber = international.length > minDigits && international.length <= maxDigits
  return isNumber ? { international, national, isCertain: true } : null
}

function fromParsed(number: string, extension: string | undefined, isCertain: boolean): PhoneKey {
  const [international = '', national = international] = phoneForms(number)
  // Colleagues at one exchange have numbers of their own.
  const end = extension === undefined ? '' : `x${extension}`
  return { international: international + end, national: national + end, isCertain }
}

/**
 * How a region dials at home. What the library reads of a number, which takes it a while, is the same for
 * others of this length that begin alike, as far as it only takes off a prefix.
 */
function dialling(region: CountryCode) {
  const code = getCountryCallingCode(region)
  const prefixes = new Map<string, number | null>()
  /** How many digits to take off; null where there is more to it. */
  const prefixOf = (digits: string): number | null => {
    const parsed = parsePhoneNumberFromString(digits, region)
    if (!parsed?.isValid() || parsed.countryCallingCode !== code) return null
    return digits.endsWith(parsed.nationalNumber)
      ? digits.length - parsed.nationalNumber.length
      : null
  }
  return {
    region,
    international(digits: string): string | undefined {
      const prefix = prefixes.getOrInsertComputed(`${digits.length} ${digits.slice(0, 2)}`, () =>
        prefixOf(digits),
      )
      return prefix === null ? undefined : code + digits.slice(prefix)
    },
  }
}
