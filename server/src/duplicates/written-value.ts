import { fromColumns } from '../contacts/store/columns.ts'
import type { WholeRow } from '../contacts/store/rows.ts'
import { companyKey } from './likeness/company-key.ts'
import { placeKey } from './likeness/place-key.ts'
import type { Sign } from './likeness/signs.ts'

/**
 * What contacts have in common, as the first of them writes it: companies and addresses are compared by
 * keys that nobody would write.
 * @param value as it was compared
 */
export function writtenValue(kind: Sign['kind'], value: string, rows: readonly WholeRow[]): string {
  const contacts = rows.map(fromColumns)
  if (kind === 'company') {
    const companies = contacts.map(({ company }) => company)
    return companies.find((company) => companyKey(company) === value) ?? value
  }
  if (kind !== 'address') return value
  const addresses = contacts
    .flatMap((contact) => contact.addresses)
    .filter((address) => {
      const street = placeKey(address)?.street
      return street === value || value.startsWith(`${street}, `)
    })
  // Not everybody writes the town.
  const written = addresses.find(({ city }) => city !== null) ?? addresses[0]
  if (!written) return value
  return [written.street ?? written.po_box, written.city].filter(Boolean).join(', ')
}
