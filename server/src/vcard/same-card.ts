import { hash } from 'node:crypto'
import { convertCard } from './convert-card.ts'
import { cardText, parseCard } from './lines/card.ts'
import { splitLines, valueOf } from './lines/lines.ts'
import { inModernForm } from './patch/upgrade.ts'
import { wellFormed } from './well-formed.ts'

// Kith itself changes these properties, so they make no difference.
const ownProperties = new Set(['REV', 'UID', 'CATEGORIES'])

/** The SHA-256 of a card's text, in hex. */
export function cardHash(text: string): string {
  return hash('sha256', text)
}

/**
 * Whether an incoming card has the same content as the stored one: whether, in a common version, both
 * have the same lines, of each property in the same order. Folds, line ends, VERSION, UID, REV and
 * CATEGORIES do not count: labels are compared separately.
 * @throws {VcardError}
 */
export function isSameCard(stored: string, incoming: string, version: string | null): boolean {
  if (stored === incoming) return true
  const known = sortedText(stored)
  // An edit brought a stored card from 2.1 to 3.0.
  const modern = () => sortedText(cardText(inModernForm(parseCard(incoming))))
  if (known === sortedText(incoming) || known === modern()) return true
  const common = version === '4.0' ? '4.0' : '3.0'
  return sortedText(convertCard(stored, common)) === sortedText(convertCard(incoming, common))
}

function sortedText(text: string): string {
  return comparableTexts(text).sorted
}

/**
 * Texts that are equal for cards with the same lines, so that an exported card, which is well-formed, is
 * known again; `sorted` also whatever the version and the order of different properties. @see isSameCard
 * @throws {VcardError}
 */
export function comparableTexts(text: string): { inOrder: string; sorted: string } {
  const inOrder: ComparedLine[] = []
  for (const line of splitLines(wellFormed(text))) {
    const { group, name, params, raw } = line
    if (ownProperties.has(name) || raw.trim() === '') continue
    inOrder.push([group, name, params, valueOf(line).trimEnd()])
  }
  const sorted = inOrder.filter(([, name]) => name !== 'VERSION')
  sorted.sort(([, a], [, b]) => (a < b ? -1 : a > b ? 1 : 0))
  return { inOrder: JSON.stringify(inOrder), sorted: JSON.stringify(sorted) }
}

type ComparedLine = [group: string, name: string, params: string, value: string]
