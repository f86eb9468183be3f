import { collate } from './collation.ts'
import type { Filter, PropFilter } from './filter.ts'

/**
 * A quick look whether a card may pass a filter: false only where it cannot. It goes over the text once,
 * without taking it apart, which most cards need not be.
 */
export function quickLook(filter: Filter): (card: string) => boolean {
  const looks = filter.props.map(lookFor)
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
