import { alternativesOf } from '../fields/alternatives.ts'
import { byRank } from '../fields/collect.ts'
import { listProperties } from '../fields/properties.ts'
import type { Card } from '../lines/card.ts'
import type { Line } from '../lines/lines.ts'

/** Properties whose lines count in the order of the card, or of which 3.0 has but one. */
const unsorted: ReadonlySet<string> = new Set('N FN BDAY NOTE CATEGORIES'.split(' '))

/**
 * The lines of a card, those of each property sorted by PREF within their positions: 3.0 has only one rank.
 * The alternatives of a line stay behind it, since the first one counts.
 */
export function sortedByRank(card: Card): readonly Line[] {
  const alternatives = alternativesOf(card)
  const sorted = [...card.lines]
  const positionsOf = Map.groupBy(card.lines.keys(), (at) => sortedName(card.lines[at]))
  for (const [name, positions] of positionsOf) {
    const lines = positions.flatMap((at) => card.lines[at] ?? [])
    if (name === '' || lines.every(({ params }) => params === '')) continue
    const together = new Set(lines)
    const alternativesHere = (line: Line) =>
      (alternatives.get(line) ?? []).filter((other) => together.has(other))
    const behind = new Set(lines.flatMap(alternativesHere))
    const leading = lines.filter((line) => !behind.has(line))
    const ranked = byRank(card, leading).flatMap((line) => [line, ...alternativesHere(line)])
    for (const [index, at] of positions.entries()) sorted[at] = ranked[index] as Line
  }
  return sorted
}

/** The name of a property whose lines are sorted; empty for others. */
function sortedName(line: Line | undefined): string {
  if (!line || line.group !== '' || listProperties.has(line.name)) return ''
  return unsorted.has(line.name) ? '' : line.name
}
