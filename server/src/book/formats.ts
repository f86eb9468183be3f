import { domainToASCII } from 'node:url'
import { parseBirthday } from './birthday.ts'

/** A form that a text must have, by a name that schemas use. */
export type Format = {
  isValid: (text: string) => boolean
  /** What a client reads that sent something else. */
  refusal: string
  /** For programs that do not know the format: what it takes, and little else (ECMA-262, with `u` or without). */
  pattern?: string
}

const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i
const localPart = /^[^\s@<>()[\]\\,;:"\p{Cc}]+$/u
const colour = /^#[0-9A-Fa-f]{6}$/
// Whatever else a host name has in it, `domainToASCII` would drop without a word, or with all that
// follows a / or ?.
const typedHostName = /^(?:[a-z0-9.-]|[^\p{ASCII}\s\u00ad\u200b\u2060\ufeff])+$/iu
const hostName = /^(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+(?:[a-z]{2,63}|xn--[a-z0-9-]{1,59})$/

// A letter of a domain: none of ASCII but letters, digits and hyphens, and none of those above.
const domainLetter = String.raw`[^\x00-\x2c./\x3a-\x40\x5b-\x60\x7b-\x7f\s\u00ad\u200b\u2060\ufeff。．｡]`

/** What a pattern says of a domain with a dot. */
export const domainPattern = `${domainLetter}+(?:[.。．｡]${domainLetter}+)*[.。．｡]${domainLetter}{2,}`

/** The formats of what contacts hold; each takes time linear in the text's length. */
export const contactFormats = {
  uuid: { isValid: (text) => uuid.test(text), refusal: 'is not an id.' },
  /** An address in somebody's contacts: any letters in the local part (RFC 6531); may be empty. */
  'contact-email': {
    isValid: (text) => text.trim() === '' || isEmail(text.trim(), localPart),
    refusal: 'is not a valid e-mail address.',
    pattern: String.raw`^\s*(?:[^\s@<>()\[\]\\,;:"\x00-\x1f\x7f-\x9f]{1,64}@${domainPattern})?\s*$`,
  },
  phone: {
    isValid: (text) => text.trim() === '' || (/\p{Nd}/u.test(text) && !/\p{Cc}/u.test(text)),
    refusal: 'must have a digit, and no control characters.',
    // Beyond ASCII, it may be a digit of another script.
    pattern: String.raw`^(?:\s*|[^\x00-\x1f\x7f-\x9f]*[^\x00-/:-\u065f][^\x00-\x1f\x7f-\x9f]*)$`,
  },
  birthday: {
    isValid: (text) => text === '' || parseBirthday(text) !== undefined,
    refusal: 'must be a date of the past as YYYY-MM-DD, or --MM-DD without a year.',
    pattern: String.raw`^(?:(?:\d{4}|-)-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01]))?$`,
  },
  colour: {
    isValid: (text) => colour.test(text),
    refusal: 'must be a colour as #rrggbb.',
    pattern: colour.source,
  },
} satisfies Record<string, Format>

/** Whether a text is an e-mail address whose domain has a dot and whose local part is of this form. */
export function isEmail(text: string, localPart: RegExp): boolean {
  const at = text.lastIndexOf('@')
  if (at < 1 || at > 64 || text.length > 254) return false
  const [local, host] = [text.slice(0, at), text.slice(at + 1)]
  return localPart.test(local) && typedHostName.test(host) && hostName.test(domainToASCII(host))
}
