import { createHash } from 'node:crypto'
import { cardText, parseCard } from './lines/card.ts'
import { convertCard } from './convert-card.ts'
import { inModernForm } from './patch/upgrade.ts'
import { splitLines, valueOf } from './lines/lines.ts'

// Kith changes these by itself: by them no card says anything else.
const ownProperties = new Set(['REV', 'UID', 'CATEGORIES'])

/** The SHA-256 of a card's text, in hex. */
export function cardHash(text: string): string {
  return createHash('sha256').update(text).digest('hex')
}

/**
 * Whether a card that comes in says what the stored one does: line by line but for folds and line
 * ends, its UID, labels and time of revision, once the stored one is in its version. Labels are
 * compared by themselves.
 * @throws {VcardError}
 */
export function isSameCard(stored: string, incoming: string, version: string | null): boolean {
  if (stored === incoming) return true
  const known = comparableText(stored)
  // A 2.1 that was edited here is in 3.0 since.
  const modern = () => comparableText(cardText(inModernForm(parseCard(incoming))))
  if (known === comparableText(incoming) || known === modern()) return true
  const common = version === '4.0' ? '4.0' : '3.0'
  return (
    comparableText(convertCard(stored, common)) === comparableText(convertCard(incoming, common))
  )
}

/** What a card says line by line, in one text. @see isSameCard */
export function comparableText(text: string): string {
  const lines = splitLines(text).filter(
    ({ name, raw }) => !ownProperties.has(name) && raw.trim() !== '',
  )
  return JSON.stringify(
    lines.map((line) => [line.group, line.name, line.params, valueOf(line).trimEnd()]),
  )
}
