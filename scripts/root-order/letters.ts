import { byAccents, byLetters, byVariants, last } from './collators.ts'

/** Texts with one element that differ in case and variant alone, in their order. */
export type Group = string[]
/** Texts with one element of the same letter: those with the common secondary weight, and any others. */
export type Letter = Group[]

/** Groups of accents. */
export function accentsOf(texts: readonly string[]): Group[] {
  const accents: Group[] = []
  for (const text of inOrder(texts)) {
    const group = accents.at(-1)
    if (group && byAccents(firstOf(group), text) === 0) group.push(text)
    else accents.push([text])
  }
  return accents
}

/** Letters in their order, and the texts that are several letters, or have accents. */
export function lettersOf(texts: readonly string[], accents: readonly Group[]) {
  const letters: Letter[] = []
  const composed: string[] = []
  for (const text of inOrder(texts)) {
    const letter = letters.at(-1)
    const group = letter?.at(-1)
    const first = firstOf(letter?.[0])
    if (!letter || !group || byLetters(text, first + last) > 0) letters.push([[text]])
    else if (byAccents(firstOf(group), text) === 0) group.push(text)
    else if (hasOtherSecondary(text, first, accents)) letter.push([text])
    else composed.push(text)
  }
  return { letters, composed }
}

/** Whether a text has the letter's own element with another secondary weight: these are below accents. */
function hasOtherSecondary(text: string, first: string, accents: readonly Group[]): boolean {
  return (
    byLetters(text, first) === 0 &&
    byAccents(text, first + firstOf(accents.at(-1))) > 0 &&
    byAccents(text, firstOf(accents[0]) + first) < 0
  )
}

export function firstOf(group: Group | undefined): string {
  return group?.[0] ?? ''
}

function inOrder(texts: readonly string[]): string[] {
  return texts.toSorted((one, other) => byVariants(one, other) || (one < other ? -1 : 1))
}
