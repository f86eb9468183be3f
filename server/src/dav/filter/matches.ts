import { splitLines, valueOf, type Line } from '../../vcard/lines/lines.ts'
import { readParams, type Param } from '../../vcard/lines/params.ts'
import { saysQuotedPrintable } from '../../vcard/lines/quoted-printable.ts'
import { readText } from '../../vcard/lines/text-value.ts'
import { collate } from './collation.ts'
import type { Filter, ParamFilter, PropFilter, Test, TextMatch } from './filter.ts'

/**
 * Whether a card passes a filter (RFC 6352, 10.5). Each condition of a property is asked of one and the same
 * line; one that is negated holds where any line is otherwise, and never where there is none.
 */
export function matches(card: string, { test, props }: Filter): boolean {
  // No condition keeps nothing out.
  if (props.length === 0) return true
  const lines = splitLines(card).filter(({ name }) => name !== '')
  return holds(test, props, (prop) => matchesProp(lines, prop))
}

function matchesProp(lines: readonly Line[], { name, group, test, conditions }: PropFilter) {
  const own = lines.filter(
    (line) => line.name === name && (group === null || line.group.toUpperCase() === group),
  )
  if (conditions === null) return own.length === 0
  const { texts, params } = conditions
  if (texts.length + params.length === 0) return own.length > 0
  return own.some((line) => {
    const value = lazily(() => textIn(line))
    const given = lazily(() => readParams(line.params, true))
    return holds(test, [...texts, ...params], (condition) =>
      'name' in condition ? matchesParam(given(), condition) : matchesText(value(), condition),
    )
  })
}

function matchesParam(params: readonly Param[], { name, condition }: ParamFilter): boolean {
  const values = params.filter((param) => param.name === name).flatMap((param) => param.values)
  if (condition === 'is-not-defined') return values.length === 0
  if (condition === null) return values.length > 0
  return values.some((value) => matchesText(value, condition))
}

function matchesText(value: string, { collation, isNegated, type, text }: TextMatch): boolean {
  const [whole, part] = [collate(collation, value), collate(collation, text)]
  return isMatch(type, whole, part) !== isNegated
}

function isMatch(type: TextMatch['type'], whole: string, part: string): boolean {
  if (type === 'equals') return whole === part
  if (type === 'starts-with') return whole.startsWith(part)
  return type === 'ends-with' ? whole.endsWith(part) : whole.includes(part)
}

function holds<Condition>(
  test: Test,
  conditions: readonly Condition[],
  isTrue: (condition: Condition) => boolean,
): boolean {
  return test === 'anyof' ? conditions.some(isTrue) : conditions.every(isTrue)
}

/** The value as people read it, without escapes. */
function textIn(line: Line): string {
  const isEncoded = saysQuotedPrintable(line.params)
  return readText(valueOf(line), { version: '3.0', isQuotedPrintable: isEncoded })
}

function lazily<T>(make: () => T): () => T {
  let made: { value: T } | undefined
  return () => (made ??= { value: make() }).value
}
