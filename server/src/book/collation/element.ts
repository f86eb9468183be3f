/**
 * A collation element (UTS #10, 4) as a number. A letter, digit or sign has a primary weight, an accent has
 * none. Secondary weights tell accents apart, and a few variants of letters; tertiary ones tell case and
 * other variants. 0 is the commonest and least of both.
 */
export type Element = number

// Above every letter.
const accents = 2 ** 31
const tertiaries = 2 ** 5
const letterSecondaries = 2 ** 5

export function letterElement(primary: number, secondary: number, tertiary: number): Element {
  return (primary * letterSecondaries + secondary) * tertiaries + tertiary
}

/** @param accent from 1 on */
export function accentElement(accent: number, tertiary: number): Element {
  return accents + (letterSecondaries + accent) * tertiaries + tertiary
}

/** 0 for an accent. */
export function primaryOf(element: Element): number {
  return element < accents ? Math.floor(element / (tertiaries * letterSecondaries)) : 0
}

/** The number of an accent, 0 for a letter. */
export function accentOf(element: Element): number {
  return element < accents ? 0 : secondaryOf(element) - letterSecondaries
}

/** That of an accent is greater than that of any letter. */
export function secondaryOf(element: Element): number {
  const weights = Math.floor((element % accents) / tertiaries)
  return element < accents ? weights % letterSecondaries : weights
}

export function tertiaryOf(element: Element): number {
  return element % tertiaries
}
