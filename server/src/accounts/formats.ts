import { isEmail, type Format } from '../book/formats.ts'

// The atom characters of RFC 5322, dots only between them; no quoted local parts.
const localPart = /^[\w!#$%&'*+/=?^`{|}~-]+(?:\.[\w!#$%&'*+/=?^`{|}~-]+)*$/

/** The formats of what accounts are made of. */
export const accountFormats = {
  /** An address we send mail to: strict ASCII local part, a domain name with a dot. */
  email: {
    isValid: (text) => isEmail(text.trim(), localPart),
    refusal: 'is not a valid e-mail address.',
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
