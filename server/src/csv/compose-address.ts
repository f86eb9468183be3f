import type { Address } from '../book/contact.ts'
import { repeats } from './full-name.ts'

/**
 * An address of its parts, null where it has none. Further lines of a street follow the first. A
 * formatted address is the street where there are no parts; `unsaid` is it where it says more than
 * they do.
 */
export function composeAddress(
  parts: Map<string, string>,
  label: string | null,
): { address: Address | null; unsaid: string } {
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
  if (street === null && !hasParts) return { address: null, unsaid: '' }
  const says = formatted === null || repeats(formatted, [street, ...Object.values(rest)])
  return { address: { label, street, ...rest }, unsaid: says ? '' : formatted }
}
