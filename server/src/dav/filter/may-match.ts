import { collate } from './collation.ts'
import type { Filter, PropFilter } from './filter.ts'

/**
 * A quick look whether a card may pass a filter: false only where it cannot. It goes over the text once,
 * without taking it apart, which most cards need not be.
 */
export function quickLook(filter: Filter): (card: string) => boolean {
  return lookWith(filter, filter.props.map(lookFor))
}

/** The same of a card before its conversion, of which it is asked whether it may pass afterwards. */
export function quickLookBeforeConversion(filter: Filter): (card: string) => boolean {
  const looks = filter.props.map((prop) => {
    const look = lookFor(prop)
    return sameInBoth.has(prop.name) ? (text: string) => look(text) || mayGainValues(text) : always
  })
  return lookWith(filter, looks)
}

/** Properties whose values in either version are, or are part of, what stands in the other one. */
const sameInBoth = new Set(['FN', 'NICKNAME', 'EMAIL', 'TEL', 'ORG', 'TITLE', 'ROLE', 'NOTE'])

/** What a card says in another version alone stands in lines of ours; one without FN gets one of other values. */
function mayGainValues(text: string): boolean {
  return text.includes('X-KITH-') || !fullNameLine.test(text)
}

const fullNameLine = /\n(?:[\w-]+\.)?FN[;:]/

function lookWith(
  filter: Filter,
  looks: readonly ((text: string) => boolean)[],
): (card: string) => boolean {
  if (looks.length === 0) return () => true
  return (card) => {
    if (encoded.test(card)) return true
    const text = collate('i;unicode-casemap', card.replaceAll(/\r?\n[ \t]/g, ''))
    return filter.test === 'anyof'
      ? looks.some((look) => look(text))
      : looks.every((look) => look(text))
  }
}

const encoded = /QUOTED-PRINTABLE|BASE64|ENCODING=B\b/i
const always = () => true

function lookFor({ name, test, conditions }: PropFilter): (text: string) => boolean {
  if (conditions === null) return always
  const needles = conditions.texts
    .filter(({ isNegated }) => !isNegated)
    .map(({ text }) => collate('i;unicode-casemap', text))
    // What a card may write in another way.
    .filter((text) => !/[\\,;:"\n\r^]/.test(text))
  const isPlain = needles.length === conditions.texts.length && conditions.params.length === 0
  const hasName = (text: string) => text.includes(name)
  if (needles.length === 0 || (test === 'anyof' && !isPlain)) return hasName
  return test === 'anyof'
    ? (text) => needles.some((needle) => text.includes(needle))
    : (text) => needles.every((needle) => text.includes(needle))
}
