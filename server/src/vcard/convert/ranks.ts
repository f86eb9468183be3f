import { rankOf, sourceOf } from '../fields/collect.ts'
import { without } from '../fields/list-codec.ts'
import { rankingOf } from '../fields/properties.ts'
import type { Card } from '../lines/card.ts'
import type { Line } from '../lines/lines.ts'
import { joinParams, makeParam, readParams } from '../lines/params.ts'

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

/** The parameters of a line that comes back: the best rank is 1 in all of these. */
export function paramsAt(place: number, { params: written }: Line): string {
  const params = readParams(written)
  if (place !== 0 || !params.some(({ name }) => name === 'PREF')) return written
  return joinParams([...without(params, 'PREF'), makeParam('PREF', ['1'])])
}
