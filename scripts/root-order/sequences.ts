import { byAccents, byLetters, byVariants, findLast, joiner, type Compare } from './collators.ts'
import { firstOf, type Group, type Letter } from './letters.ts'

/** An element of a sequence: that of a text, or one between it and the next of its letter. */
export type Part = { text: string; secondary: Weight; tertiary: Weight }
type Weight = 'same' | 'higher'

/**
 * The elements of a text that has several, by texts that have one. It is inexact where no text has one of
 * its elements.
 */
export function sequenceOf(text: string, letters: readonly Letter[], accents: readonly Group[]) {
  const groups = withAccents(text, lettersIn(text, letters), accents)
  const parts = withVariants(text, groups)
  return { parts, isExact: byVariants(join(parts.map((part) => part.text)), text) === 0 }
}

const maxLetters = 20

function lettersIn(text: string, letters: readonly Letter[]): Letter[] {
  const found: Letter[] = []
  const textOf = (more: Letter[]) => join([...found, ...more].map(([group]) => firstOf(group)))
  while (byLetters(textOf([]), text) !== 0 && found.length < maxLetters) {
    const next = greatest(letters, (letter) => textOf([letter]), text, byLetters)
    if (next) found.push(next)
  }
  return found
}

type Step = { group: Group; secondary: Weight }

/** Takes the letters in the secondary weights that the text has, and puts its accents between them. */
function withAccents(text: string, letters: readonly Letter[], accents: readonly Group[]): Step[] {
  const found: Step[] = []
  const textOf = (next: readonly Group[]) =>
    join([...found.map(({ group }) => group), ...next].map(firstOf))
  for (let at = 0; at <= letters.length; at++) {
    const rest = letters.slice(at).map(([group = []]) => group)
    for (let count = 0; count < maxLetters; count++) {
      if (byAccents(textOf(rest), text) === 0) return [...found, ...rest.map(same)]
      const accent = greatest(accents, (one) => textOf([one, ...rest]), text, byAccents)
      // Whatever stands here is too little where the difference is further ahead.
      if (!accent || accent === accents.at(-1)) break
      found.push(same(accent))
    }
    const others = rest.slice(1)
    const group = greatest(letters[at] ?? [], (one) => textOf([one, ...others]), text, byAccents)
    if (!group) continue
    const isHigher = byAccents(textOf([group, ...accents.slice(-1), ...others]), text) < 0
    found.push({ group, secondary: isHigher ? 'higher' : 'same' })
    if (isHigher) return [...found, ...others.map(same)]
  }
  return found
}

function same(group: Group): Step {
  return { group, secondary: 'same' }
}

function withVariants(text: string, steps: readonly Step[]): Part[] {
  const parts = steps.map(({ group, secondary }): Part => {
    return { text: firstOf(group), secondary, tertiary: 'same' }
  })
  if (parts.some(({ secondary }) => secondary === 'higher')) return parts
  for (const [at, { group }] of steps.entries()) {
    const textOf = (next: string, ofOthers: (group: Group) => string) =>
      join([
        ...parts.slice(0, at).map((part) => part.text),
        next,
        ...steps.slice(at + 1).map((step) => ofOthers(step.group)),
      ])
    const variant = greatest(group, (one) => textOf(one, firstOf), text, byVariants)
    if (variant === undefined) return parts
    const isHigher = byVariants(textOf(variant, lastOf), text) < 0
    parts[at] = { text: variant, secondary: 'same', tertiary: isHigher ? 'higher' : 'same' }
    if (isHigher || byVariants(textOf(variant, firstOf), text) === 0) return parts
  }
  return parts
}

function lastOf(group: Group): string {
  return group.at(-1) ?? ''
}

/** The greatest item whose text is not behind another text. */
function greatest<Item>(
  items: readonly Item[],
  textOf: (item: Item) => string,
  text: string,
  compare: Compare,
): Item | undefined {
  return items[findLast(items, (item) => compare(textOf(item), text) > 0)]
}

function join(texts: readonly string[]): string {
  return texts.join(joiner)
}
