import type { Collected } from '../fields/collect.ts'
import { linesOf, text } from '../fields/person.ts'
import type { Card } from '../lines/card.ts'
import type { Line } from '../lines/lines.ts'
import { kindOf } from '../read-card.ts'

/** The lines that are a KIND in 4.0. */
export function kindLines(card: Card, { singles }: Collected): Line[] {
  const names = ['KIND', 'X-ADDRESSBOOKSERVER-KIND', 'X-ABSHOWAS']
  return names
    .flatMap((name) => linesOf(singles, name))
    .filter((line) => line.name !== 'X-ABSHOWAS' || statedKind(card, line) === 'org')
}

/** Those that 4.0 has no place for, as it allows one KIND (RFC 6350, 6.1.4), each with the one that counts. */
export function furtherKinds(card: Card, collected: Collected): [Line, Line][] {
  const lines = kindLines(card, collected)
  if (lines.length < 2) return []
  const kind = kindOf(card, collected.singles)
  const saying = lines.filter((line) => statedKind(card, line) === kind)
  const isOfVersion = ({ name }: Line) => (name === 'KIND') === (card.version === '4.0')
  const counting = saying.find(isOfVersion) ?? saying[0] ?? lines[0]
  return lines.flatMap((line): [Line, Line][] =>
    counting && line !== counting ? [[line, counting]] : [],
  )
}

function statedKind(card: Card, line: Line): string | undefined {
  const stated = text(card, line)?.toLowerCase()
  return line.name === 'X-ABSHOWAS' && stated === 'company' ? 'org' : stated
}
