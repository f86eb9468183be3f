import { rankOf, sourceOf } from '../fields/collect.ts'
import { rankingOf } from '../fields/properties.ts'
import type { Card } from '../lines/card.ts'
import type { Line } from '../lines/lines.ts'

/** The rank of a line among those with which it is ranked: 0 for the best, -1 for none (RFC 6350, 5.3). */
export function placesOf(card: Card): (line: Line) => number {
  const ranks = new Map<Line, number>()
  const rankings = new Map<string, Set<number>>()
  for (const line of card.lines) {
    const rank = line.params === '' ? Infinity : rankOf(sourceOf(card, line).params)
    if (rank === Infinity) continue
    ranks.set(line, rank)
    rankings.getOrInsertComputed(rankingOf(line.name), () => new Set()).add(rank)
  }
  const sorted = new Map(
    rankings.entries().map(([ranking, found]) => [ranking, [...found].sort((a, b) => a - b)]),
  )
  return (line) => {
    const rank = ranks.get(line)
    return rank === undefined ? -1 : (sorted.get(rankingOf(line.name))?.indexOf(rank) ?? -1)
  }
}
