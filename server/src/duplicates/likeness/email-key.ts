import { domainToASCII } from 'node:url'
import { fold } from '../../book/fold.ts'

const isPlain = /^[!-~]+@[a-z0-9.-]+$/

/**
 * What two spellings of one address have in common: case does not count, nor whether the domain is in
 * letters or in punycode. Dots and what follows a plus do count: whether they matter is up to each
 * provider, and there are some where they do. null for what is no address.
 */
export function emailKey(text: string): string | null {
  const folded = text
    .trim()
    .normalize('NFC')
    .toLowerCase()
    .replace(/^mailto:/, '')
  if (isPlain.test(folded)) return folded
  const at = folded.lastIndexOf('@')
  const domain = domainToASCII(folded.slice(at + 1))
  return at < 1 || domain === '' ? null : `${fold(folded.slice(0, at))}@${domain}`
}
