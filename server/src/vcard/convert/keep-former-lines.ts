import { cardText, type Card } from '../lines/card.ts'
import { valueOf, type Line } from '../lines/lines.ts'
import { editCard, editedText, newLine } from '../patch/card-edit.ts'
import { hasParamsToCarry } from './carried-params.ts'
import {
  fingerprintOf,
  formerLine,
  hasOwnValue,
  writeFormer,
  type FormerText,
} from './former-line.ts'
import { meaningsOf, valueKey } from './line-meaning.ts'
import { paramsAt, placesOf } from './ranks.ts'

export type Conversion = {
  line: Line
  /** The lines that it became in another version. */
  became: readonly Line[]
  /** The line behind which it comes back; undefined if it comes back in its own place. */
  behind: Line | undefined
}

/** Properties of 3.0 of which 4.0 states but one of several lines that say the same. */
const stated: ReadonlySet<string> = new Set(['BDAY', 'SORT-STRING'])

/**
 * Adds to a converted card the lines that its conversion back would not restore, each with the fingerprint of
 * what it became: where that comes back unchanged, the former line takes its place again. A line that became
 * a part of another one has the fingerprint of what is made of that part on the way back, and one that became
 * nothing that of the line behind which it comes back, or, as it stood there twice, of the first one of its name.
 * Where a line has parameters that it keeps with another value, all lines of its property have a former one.
 * @param back the converted card in the version of the original again
 */
export function withFormerLines(
  original: Card,
  converted: Card,
  back: Card,
  conversions: readonly Conversion[],
): string {
  const meaningsBack = meaningsOf(back)
  const { lost, others } = differences(original, meaningsBack)
  if (lost.size === 0) return cardText(converted)
  const edit = editCard(converted, converted.version === '4.0' ? '4.0' : '3.0')
  const placeOf = placesOf(original)
  const [labelOf, newLabelOf] = [abLabelsOf(original), abLabelsOf(converted)]
  const meanings = [...meaningsOf(converted)]
  const byText = Map.groupBy(meanings, ([{ raw }]) => raw)
  const firstNamed = (name: string) =>
    meanings.find(([one]) => one.name === name) ??
    meaningsBack.entries().find(([one]) => one.name === name)
  const successors = new Map(conversions.map(({ line, became }) => [line, became]))
  const firstOf = (lines: readonly Line[] = []) =>
    lines.flatMap(({ raw }) => byText.get(raw) ?? [])[0]
  const known = propertiesToKnow(original, conversions, lost)
  for (const { line, became, behind } of conversions) {
    const isKnown = became.some(({ name }) => known.has(name))
    if (!lost.has(line) && !isKnown) continue
    const isPart = behind === undefined && became.length === 0
    const found = isPart ? others.get(line.name)?.shift() : firstOf(became)
    const first = isPart && stated.has(line.name) ? firstNamed(line.name) : undefined
    const host = found ?? first ?? (behind && firstOf(successors.get(behind)))
    if (!host) continue
    const [successor, meaning] = host
    const label = labelOf(line)
    const former: FormerText = {
      key: {
        fingerprint: fingerprintOf(meaning),
        isBehind: !found,
        value: isKnown ? valueKey(converted, successor) : undefined,
      },
      line,
      params: paramsAt(placeOf(line), line),
      hasValue: hasOwnValue(line, successor),
      label: label !== '' && label !== newLabelOf(successor) ? label : undefined,
    }
    edit.tail.push(newLine(edit, formerLine, writeFormer(former)))
  }
  return editedText(edit)
}

/** The lines of a card that do not come back, and by name those that come back in addition. */
function differences(original: Card, back: ReadonlyMap<Line, string>) {
  const left = Map.groupBy(back, ([, meaning]) => meaning)
  const lost = new Set<Line>()
  for (const [line, meaning] of meaningsOf(original)) {
    const isOurs = line.name.startsWith('X-KITH-')
    if (left.get(meaning)?.pop() === undefined && !isOurs) lost.add(line)
  }
  return { lost, others: Map.groupBy([...left.values()].flat(), ([{ name }]) => name) }
}

/** The names in the other version of those properties of which every line has a former one. */
function propertiesToKnow(
  original: Card,
  conversions: readonly Conversion[],
  lost: ReadonlySet<Line>,
): ReadonlySet<string> {
  const carrying = conversions.filter(
    ({ line, behind }) =>
      lost.has(line) && behind === undefined && hasParamsToCarry(original, line),
  )
  const names = carrying.flatMap(({ became }) => became[0]?.name ?? [])
  // A preserved line has all of its parameters.
  return new Set(names.filter((name) => !name.startsWith('X-KITH-')))
}

/** The value of the X-ABLabel of a line; empty if it has none. */
function abLabelsOf({ lines }: Card): (line: Line) => string {
  const labels = new Map<string, string>()
  for (const line of lines) {
    const group = line.group.toLowerCase()
    if (line.name === 'X-ABLABEL') labels.getOrInsert(group, valueOf(line))
  }
  return ({ group }) => (group === '' ? '' : (labels.get(group.toLowerCase()) ?? ''))
}
