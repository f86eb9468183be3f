import { knownLabels } from '../book/known-labels.ts'
import { remembered } from '../book/remembered.ts'

const knownInCsv = new Set(knownLabels.filter(({ isInCsv }) => isInCsv).map(({ label }) => label))

/** The label of a value in another program's file; Google marks the preferred value by a `*`. */
export function readValueLabel(cell: string): { label: string | null; isPreferred: boolean } {
  const isPreferred = cell.startsWith('*')
  const label = (isPreferred ? cell.slice(1) : cell).trim()
  return { label: label === '' ? null : knownOrTyped(label), isPreferred }
}

function knownOrTyped(label: string): string {
  const folded = label.toLowerCase().replace(/^homepage$/, 'home page')
  return knownInCsv.has(folded) ? folded : label
}

/**
 * Writes a known label as Google spells it. A backslash escapes a label that would be read as
 * another one.
 */
export function writeOwnValueLabel(label: string | null): string {
  return label === null ? '' : written(label)
}

const written = remembered((label) => {
  if (knownInCsv.has(label)) {
    return label.replaceAll(/\b\w/g, (letter) => letter.toUpperCase())
  }
  return /^[*\\]/.test(label) || knownOrTyped(label) !== label ? `\\${label}` : label
})

/** The inverse of {@link writeOwnValueLabel}. */
export function readOwnValueLabel(cell: string): string | null {
  if (cell === '') return null
  return cell.startsWith('\\') ? cell.slice(1) : knownOrTyped(cell)
}
