import type { Address } from '../book/contact.ts'
import { repeats } from './full-name.ts'

/**
 * Composes an address of its parts; it is null if there are none. Further lines of the street follow
 * the first. A formatted address becomes the street if there are no parts; if it has words that no
 * part has, it is returned as `remainder`.
 */
export function composeAddress(
  parts: Map<string, string>,
  label: string | null,
): { address: Address | null; remainder: string } {
  const text = (part: string) => parts.get(part) || null
  const formatted = text('formatted')
  const lines = ['street', 'street 2', 'street 3', 'street 4'].map(text)
  const rest = {
    extended: text('extended'),
    po_box: text('po_box'),
    city: text('city'),
    region: text('region'),
    postal_code: text('postal_code'),
    country: text('country'),
  }
  const hasStreetColumn = parts.has('street')
  const hasParts = [...lines, ...Object.values(rest)].some((part) => part !== null)
  if (!hasStreetColumn || !hasParts) lines[0] ??= formatted
  const street = lines.filter((line) => line !== null).join('\n') || null
  if (street === null && !hasParts) return { address: null, remainder: '' }
  const isRepetition = formatted === null || repeats(formatted, [street, ...Object.values(rest)])
  return { address: { label, street, ...rest }, remainder: isRepetition ? '' : formatted }
}
