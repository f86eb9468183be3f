import { domainToASCII } from 'node:url'

/**
 * An address as accounts keep it: without spaces around it, the domain as lower-case punycode (so
 * that look-alike letters show), the local part as typed. Compare with {@link emailKey}.
 */
export function normalizeEmail(text: string): string {
  const address = text.trim()
  const at = address.lastIndexOf('@')
  // Not an address, and so nobody's: as it is, lest it become somebody's.
  if (at === -1) return address
  return `${address.slice(0, at)}@${domainToASCII(address.slice(at + 1))}`
}

/** What two spellings of one address have in common: `lower(email collate "C")` in SQL. */
export function emailKey(text: string): string {
  return normalizeEmail(text).toLowerCase()
}
