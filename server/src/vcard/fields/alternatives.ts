import type { Card } from '../lines/card.ts'
import type { Line } from '../lines/lines.ts'
import { paramValue, readParams } from '../lines/params.ts'

/** Names, dates and pictures have rules of their own for their alternatives. */
export const propertiesWithForms: ReadonlySet<string> = new Set(
  'ADR EMAIL IMPP NICKNAME NOTE ORG TEL TITLE URL'.split(' '),
)

/**
 * The lines that hold one value in other forms, such as other languages (ALTID, RFC 6350, 5.4), by the
 * line that counts: one without LANGUAGE, else the first.
 */
export function alternativesOf(card: Card): Map<Line, Line[]> {
  const groups = new Map<string, Line[]>()
  for (const line of card.version === '4.0' ? card.lines : []) {
    if (!propertiesWithForms.has(line.name) || !/ALTID/i.test(line.params)) continue
    const altId = altIdOf(line)
    if (altId === undefined) continue
    groups.getOrInsertComputed(`${line.name} ${altId}`, () => []).push(line)
  }
  const alternatives = new Map<Line, Line[]>()
  for (const lines of groups.values()) {
    const counting = lines.find((line) => !isInLanguage(line)) ?? lines[0]
    const others = lines.filter((line) => line !== counting)
    if (counting && others.length > 0) alternatives.set(counting, others)
  }
  return alternatives
}

/** The same of names: by the first N and FN of 4.0, those with the same ALTID, but for the sound of a name. */
export function nameFormsOf({ version, lines }: Card): [Line, Line[]][] {
  if (version !== '4.0') return []
  return ['N', 'FN'].flatMap((name): [Line, Line[]][] => {
    const [first, ...others] = lines.filter((line) => line.name === name && !isSound(line))
    const altId = first && altIdOf(first)
    return altId ? [[first, others.filter((other) => altIdOf(other) === altId)]] : []
  })
}

/** All lines that only hold another form of a value. */
export function alternativeLines(card: Card): ReadonlySet<Line> {
  const alternatives = alternativesOf(card)
  return alternatives.size === 0 ? none : new Set([...alternatives.values()].flat())
}

const none: ReadonlySet<Line> = new Set()

function altIdOf({ params }: Line): string | undefined {
  return paramValue(readParams(params, true), 'ALTID')
}

function isSound({ params }: Line): boolean {
  return paramValue(readParams(params, true), 'PHONETIC') !== undefined
}

function isInLanguage({ params }: Line): boolean {
  return paramValue(readParams(params, true), 'LANGUAGE') !== undefined
}
