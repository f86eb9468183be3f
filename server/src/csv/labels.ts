import { knownLabels as allKnownLabels } from '../book/known-labels.ts'
import { knownMessenger } from '../book/known-messengers.ts'

const knownLabels = new Set(
  allKnownLabels.filter(({ isInCsv }) => isInCsv).map(({ label }) => label),
)

const separator = ' ::: '
// Google puts every contact into this group.
const everyone = new Set(['mycontacts', 'my contacts'])

/** Reads another program's label. A leading `*` is Google's mark of the preferred value. */
export function readLabel(cell: string): { label: string | null; isPreferred: boolean } {
  const isPreferred = cell.startsWith('*')
  const label = (isPreferred ? cell.slice(1) : cell).trim()
  return { label: label === '' ? null : knownOrTyped(label), isPreferred }
}

function knownOrTyped(label: string): string {
  const folded = label.toLowerCase().replace(/^homepage$/, 'home page')
  return knownLabels.has(folded) ? folded : label
}

/** Writes a known label as Google does. A backslash marks others that would be read differently. */
export function writeOwnLabel(label: string | null): string {
  if (label === null) return ''
  if (knownLabels.has(label)) return label.replaceAll(/\b\w/g, (letter) => letter.toUpperCase())
  return /^[*\\]/.test(label) || knownOrTyped(label) !== label ? `\\${label}` : label
}

export function readOwnLabel(cell: string): string | null {
  if (cell === '') return null
  return cell.startsWith('\\') ? cell.slice(1) : knownOrTyped(cell)
}

/** Reads Google's groups: system groups lose their `*`, the group of all contacts is dropped. */
export function readGroups(cell: string): string[] {
  return splitValues(cell)
    .map((group) => group.replace(/^\*\s*/, ''))
    .filter((group) => group !== '' && !everyone.has(group.toLowerCase()))
}

export function writeOwnGroups(groups: string[]): string {
  return groups.map((group) => group.replaceAll(/\\|:::|^\*/g, String.raw`\$&`)).join(separator)
}

export function readOwnGroups(cell: string): string[] {
  if (cell === '') return []
  return cell.split(separator).map((group) => group.replaceAll(/\\(\\|:::|\*)/g, '$1'))
}

/** Splits a cell: Google writes several values with one label into one cell. */
export function splitValues(cell: string): string[] {
  return cell.includes(':::') ? cell.split(':::').map((value) => value.trim()) : [cell]
}

/** Messengers of CSV files that are unknown in cards, which keep their names as typed. */
const knownInCsv = new Set(['discord', 'line', 'viber', 'wechat'])

/** A known messenger in lower case, another one as typed. */
export function knownService(service: string): string {
  const lowerCase = service.toLowerCase()
  return knownMessenger(service) ?? (knownInCsv.has(lowerCase) ? lowerCase : service)
}
