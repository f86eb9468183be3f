/**
 * A collation element (UTS #10, 4) as a number. A letter, digit or sign has a primary weight, an accent has
 * none. Secondary weights tell accents apart, and a few variants of letters; tertiary ones tell case and
 * other variants. 0 is the commonest and least of both.
 */
export type Element = number

// In bits, all together a small integer: primary, secondary, tertiary.
const tertiaryBits = 5
const letterBits = 5 + tertiaryBits
// Above every letter.
const accents = 2 ** 30
const tertiaryMask = 2 ** tertiaryBits - 1
const letterMask = 2 ** letterBits - 1
const letterSecondaries = 2 ** (letterBits - tertiaryBits)

export function letterElement(primary: number, secondary: number, tertiary: number): Element {
  return (primary << letterBits) | (secondary << tertiaryBits) | tertiary
}

/** @param accent from 1 on */
export function accentElement(accent: number, tertiary: number): Element {
  return accents | ((letterSecondaries + accent) << tertiaryBits) | tertiary
}

/** 0 for an accent. */
export function primaryOf(element: Element): number {
  return element < accents ? element >> letterBits : 0
}

/** The number of an accent, 0 for a letter. */
export function accentOf(element: Element): number {
  return element < accents ? 0 : secondaryOf(element) - letterSecondaries
}

/** That of an accent is greater than that of any letter. */
export function secondaryOf(element: Element): number {
  const weights = element < accents ? element & letterMask : element - accents
  return weights >> tertiaryBits
}

export function tertiaryOf(element: Element): number {
  return element & tertiaryMask
}
