import { byCommonPart } from '../../book/common-part.ts'
import { hasLatinKey, latinKeyMark, zoneEnds, type Zone } from '../../book/search-text.ts'
import { containsPattern } from '../../book/search-words.ts'

/** Adds a value to a statement; gives its place there. */
export type Add = (value: unknown) => string

/** The search text, the names and companies in it, and the text of notes. */
export type Column = 'search' | 'names' | 'notes_search'

// `strpos` skips as many letters as it looks for, but counts those before a text that it finds.
const minSkipped = 3

/** The condition that one of the texts stands in the column. */
export function hasAny(column: Column, texts: readonly string[], add: Add): string {
  const isIn = (text: string) =>
    text.length < minSkipped
      ? `${column} like ${add(containsPattern(text))}`
      : `strpos(${column}, ${add(text)}) > 0`
  const areIn = (some: readonly string[]) =>
    byCommonPart(some).map(({ part, texts: members }) =>
      members.length === 1 ? isIn(part) : `${isIn(part)} and ${anyOf(members.map(isIn))}`,
    )
  return column === 'notes_search' ? anyOf(areIn(texts)) : latinKeysApart(texts, add, areIn)
}

/** The condition that one of the texts stands in the search text before the end of a part. */
export function hasAnyBefore(zone: Zone, texts: readonly string[], add: Add): string {
  const isBefore = (text: string) =>
    `search like ${add(containsPattern(text) + zoneEnds[zone] + '%')}`
  return latinKeysApart(texts, add, (some) => some.map(isBefore))
}

/** Looks for Latin keys only in texts that have some, which most have not. */
function latinKeysApart(
  texts: readonly string[],
  add: Add,
  conditionsOf: (texts: readonly string[]) => string[],
): string {
  const keys = texts.filter(hasLatinKey)
  const conditions = conditionsOf(texts.filter((text) => !hasLatinKey(text)))
  if (keys.length > 0) {
    conditions.push(`search >= ${add(latinKeyMark)} and ${anyOf(conditionsOf(keys))}`)
  }
  return anyOf(conditions)
}

function anyOf(conditions: readonly string[]): string {
  return conditions.length === 0 ? 'false' : `(${conditions.join(' or ')})`
}
