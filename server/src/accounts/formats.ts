import { domainPattern, isEmail, type Format } from '../book/formats.ts'

// The atom characters of RFC 5322, dots only between them; no quoted local parts.
const atom = /[\w!#$%&'*+/=?^`{|}~-]+/
const localPart = new RegExp(String.raw`^${atom.source}(?:\.${atom.source})*$`)

// Without leap seconds, which JavaScript does not know.
const dateTime = /^\d{4}-\d\d-\d\dT\d\d:\d\d:[0-5]\d(?:\.\d{1,9})?(?:Z|[+-]\d\d:\d\d)$/

const mailedToken = /^[A-Za-z0-9_-]{43}$/

/** The formats of what accounts are made of. */
export const accountFormats = {
  /** An address we send mail to: strict ASCII local part, a domain name with a dot. */
  email: {
    isValid: (text) => isEmail(text.trim(), localPart),
    refusal: 'is not a valid e-mail address.',
    pattern: String.raw`^\s*${atom.source}(?:\.${atom.source})*@${domainPattern}\s*$`,
  },
  /** What people call themselves. */
  'one-line': {
    isValid: (text) => /\S/.test(text) && !/\p{Cc}/u.test(text),
    refusal: 'must be on one line, and not blank.',
    pattern: String.raw`^[^\x00-\x1f\x7f-\x9f]*[^\s\x00-\x1f\x7f-\x9f][^\x00-\x1f\x7f-\x9f]*$`,
  },
  /** A moment (RFC 3339, 5.6). */
  'date-time': {
    isValid: isDateTime,
    refusal: 'must be a time as 2026-11-22T18:40:00Z.',
  },
  /** 32 bytes in base64url, as our mails carry them. */
  'mailed-token': {
    isValid: (text) => mailedToken.test(text),
    refusal: 'is not a token from a mail.',
    pattern: mailedToken.source,
  },
} satisfies Record<string, Format>

function isDateTime(text: string): boolean {
  try {
    if (!dateTime.test(text)) return false
    // RFC 3339 has years of four digits, in UTC too, as which answers have it.
    const { year } = Temporal.Instant.from(text).toZonedDateTimeISO('UTC')
    return year >= 0 && year <= 9999
  } catch {
    return false
  }
}
