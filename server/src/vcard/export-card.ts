import { convertCard } from './convert-card.ts'
import { plainVersion } from './plain-card.ts'
import { wellFormed } from './well-formed.ts'

/**
 * A stored card as others get it: as it came, to the octet, if it is in the wanted version and valid.
 * @param version `stored` for the version in which it came
 * @throws {VcardError}
 */
export function exportCard(text: string, version: '3.0' | '4.0' | 'stored'): string {
  const plain = plainVersion(text)
  if (plain !== null && (version === 'stored' || version === plain)) return text
  return wellFormed(version === 'stored' ? text : convertCard(text, version))
}
