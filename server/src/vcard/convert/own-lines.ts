import { collect } from '../fields/collect.ts'
import { linesOf, text } from '../fields/person.ts'
import { cardText, type Card } from '../lines/card.ts'
import type { Line } from '../lines/lines.ts'
import { categoriesOf, contactOf, kindOf } from '../read-card.ts'
import { formerLine } from './former-line.ts'
import { originalName } from './preserved-forms.ts'

/** Whether a card has lines that only its conversion to the other version reads. */
export function hasOwnLines(card: Card): boolean {
  return card.lines.some((line) => isOwnLine(card, line))
}

/** The text of a card without these. */
export function withoutOwnLines(card: Card): string {
  return cardText({ ...card, lines: card.lines.filter((line) => !isOwnLine(card, line)) })
}

/** What 4.0 has under such a name is of somebody else, but for former lines. */
function isOwnLine({ version }: Card, line: Line): boolean {
  return line.name === formerLine || (version === '3.0' && originalName(line) !== null)
}

/**
 * Whether a card that was converted says what it said: who it is, of whom, and all that a contact holds. Where its own
 * lines make a difference to that, they were written by somebody else.
 */
export function saysTheSame(original: Card, converted: Card): boolean {
  return JSON.stringify(saidBy(original)) === JSON.stringify(saidBy(converted))
}

function saidBy(card: Card) {
  const collected = collect(card)
  const { singles } = collected
  const texts = (...names: string[]) =>
    names.flatMap((name) => linesOf(singles, name)).flatMap((line) => text(card, line) ?? [])
  return [
    texts('UID'),
    kindOf(card, singles),
    texts('MEMBER', 'X-ADDRESSBOOKSERVER-MEMBER'),
    categoriesOf(card, singles),
    contactOf(card, collected),
    // A card that has none is given one.
    texts('FN').slice(0, 1),
  ]
}
