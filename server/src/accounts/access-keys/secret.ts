import { hash, randomInt } from 'node:crypto'
import { crc32 } from 'node:zlib'
import type { AccessKeyRow } from '../../db/tables.ts'

export type KeyKind = AccessKeyRow['kind']

const base62 = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz'
/** Crockford's: of letters that look alike, or like a digit, it has one. */
const base32 = '0123456789abcdefghjkmnpqrstvwxyz'

const tokenPrefix = 'kith_pat_'
// 190 bits.
const tokenRandomLength = 32
const checksumLength = 6
const tokenForm = new RegExp(`^${tokenPrefix}[0-9A-Za-z]{${tokenRandomLength + checksumLength}}$`)
// 120 bits.
const passwordLength = 24
const passwordForm = new RegExp(`^[${base32}]{${passwordLength}}$`)

/** What a new key is shown as, once. */
export function makeSecret(kind: KeyKind): string {
  if (kind === 'app_password') {
    const groups = randomText(base32, passwordLength).match(/.{6}/g) ?? []
    return groups.join('-')
  }
  const start = tokenPrefix + randomText(base62, tokenRandomLength)
  return start + checksumOf(start)
}

/**
 * What the database keeps in place of a secret.
 * @returns undefined for what cannot be a key of this kind, so that nothing has to be looked up
 */
export function hashSecret(kind: KeyKind, shown: string): Buffer | undefined {
  const secret = kind === 'api_token' ? readToken(shown) : readPassword(shown)
  return secret === undefined ? undefined : hash('sha256', secret, 'buffer')
}

/** Whether this is meant to be an API token, valid or not. */
export function looksLikeToken(shown: string): boolean {
  return shown.startsWith(tokenPrefix)
}

function readToken(shown: string): string | undefined {
  if (!tokenForm.test(shown)) return undefined
  const start = shown.slice(0, -checksumLength)
  return shown === start + checksumOf(start) ? shown : undefined
}

/** People type it: case, groups and look-alikes do not matter. */
function readPassword(shown: string): string | undefined {
  const typed = shown.toLowerCase().replaceAll(/[\s-]/g, '')
  const secret = typed.replaceAll('o', '0').replaceAll(/[il]/g, '1')
  return passwordForm.test(secret) ? secret : undefined
}

/** CRC-32 in base 62, by which scanners know a token without asking us. */
function checksumOf(text: string): string {
  let rest = crc32(text)
  let digits = ''
  while (digits.length < checksumLength) {
    digits = base62.charAt(rest % base62.length) + digits
    rest = Math.floor(rest / base62.length)
  }
  return digits
}

function randomText(alphabet: string, length: number): string {
  return Array.from({ length }, () => alphabet.charAt(randomInt(alphabet.length))).join('')
}
