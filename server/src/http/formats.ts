import { domainToASCII } from 'node:url'
import { parseBirthday } from '../book/birthday.ts'

const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i
// The atom characters of RFC 5322, dots only between them; no quoted local parts.
const asciiLocalPart = /^[\w!#$%&'*+/=?^`{|}~-]+(?:\.[\w!#$%&'*+/=?^`{|}~-]+)*$/
const anyLocalPart = /^[^\s@<>()[\]\\,;:"\p{Cc}]+$/u
// What is left out here would be taken away in silence, with all that follows a / or ?.
const typedHostName = /^(?:[a-z0-9.-]|[^\p{ASCII}\s\u00ad\u200b\u2060\ufeff])+$/iu
const hostName = /^(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+(?:[a-z]{2,63}|xn--[a-z0-9-]{1,59})$/

type Format = {
  isValid: (text: string) => boolean
  /** What to tell who sent something else. */
  refusal: string
}

/** The string formats that schemas may name; each takes time linear in the text's length. */
export const formats = {
  uuid: { isValid: (text) => uuid.test(text), refusal: 'is not an id.' },
  /** An address we send mail to: strict ASCII local part, a domain name with a dot. */
  email: {
    isValid: (text) => isEmail(text.trim(), asciiLocalPart),
    refusal: 'is not a valid e-mail address.',
  },
  /** An address in somebody's contacts: any letters in the local part (RFC 6531); may be empty. */
  'contact-email': {
    isValid: (text) => text.trim() === '' || isEmail(text.trim(), anyLocalPart),
    refusal: 'is not a valid e-mail address.',
  },
  phone: {
    isValid: (text) => text.trim() === '' || (/\p{Nd}/u.test(text) && !/\p{Cc}/u.test(text)),
    refusal: 'must have a digit, and no control characters.',
  },
  birthday: {
    isValid: (text) => text === '' || parseBirthday(text) !== undefined,
    refusal: 'must be a date of the past as YYYY-MM-DD, or --MM-DD without a year.',
  },
  date: { isValid: isDate, refusal: 'must be a date as YYYY-MM-DD.' },
  'time-zone': { isValid: isTimeZone, refusal: 'must be an IANA time zone such as Europe/Kyiv.' },
  colour: {
    isValid: (text) => /^#[0-9a-f]{6}$/i.test(text),
    refusal: 'must be a colour as #rrggbb.',
  },
  /** What people call themselves. */
  'one-line': {
    isValid: (text) => /\S/.test(text) && !/\p{Cc}/u.test(text),
    refusal: 'must be on one line, and not blank.',
  },
  /** 32 random bytes in base64url, as our mails carry them. */
  'mailed-token': {
    isValid: (text) => /^[\w-]{43}$/.test(text),
    refusal: 'is not a token from a mail.',
  },
} satisfies Record<string, Format>

function isEmail(text: string, localPart: RegExp): boolean {
  const at = text.lastIndexOf('@')
  if (at < 1 || at > 64 || text.length > 254) return false
  const [local, host] = [text.slice(0, at), text.slice(at + 1)]
  return localPart.test(local) && typedHostName.test(host) && hostName.test(domainToASCII(host))
}

function isDate(text: string): boolean {
  try {
    return /^\d{4}-\d\d-\d\d$/.test(text) && Temporal.PlainDate.from(text).year > 0
  } catch {
    return false
  }
}

function isTimeZone(text: string): boolean {
  try {
    // Temporal would also take offsets, and whole dates that have a zone in them.
    return /^[a-z][\w+/-]*$/i.test(text) && Boolean(Temporal.Now.zonedDateTimeISO(text))
  } catch {
    return false
  }
}
