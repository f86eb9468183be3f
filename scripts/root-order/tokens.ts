import { byVariants } from './collators.ts'
import type { Group, Letter } from './letters.ts'
import type { Part } from './sequences.ts'

/** A text of the order, behind the sign of what distinguishes it from the one before it. */
export type Signed = { sign: string; text: string }

/** The texts of groups that differ in their letter or accent, or in their secondary weight alone. */
export function signed(groups: readonly Group[], sign: '<' | ';'): Signed[] {
  return groups.flatMap((group) =>
    group.map((text, at) => {
      const before = group[at - 1]
      if (before === undefined) return { sign, text }
      return { sign: byVariants(before, text) === 0 ? '=' : ',', text }
    }),
  )
}

export function signedLetter([common = [], ...others]: Letter): Signed[] {
  return [...signed([common], '<'), ...signed(others, ';')]
}

type Weights = { secondary: number; tertiary: number }

/** The weights of each text within its letter: every second one, so that others fit in between. */
export function weightsIn(all: readonly Signed[]): Map<string, Weights> {
  const found = new Map<string, Weights>()
  let [secondary, tertiary] = [0, 0]
  for (const { sign, text } of all) {
    if (sign === '<') [secondary, tertiary] = [0, 0]
    else if (sign === ';') [secondary, tertiary] = [secondary + 2, 0]
    else if (sign === ',') tertiary += 2
    found.set(text, { secondary, tertiary })
  }
  return found
}

/** Joins code points that follow one another behind the same sign. */
export function runs(all: readonly Signed[]): string[] {
  const found: (Signed & { further: number })[] = []
  for (const { sign, text } of all) {
    const run = found.at(-1)
    if (run?.sign === sign && text === followerOf(run)) run.further++
    else found.push({ sign, text, further: 0 })
  }
  return found.map(
    ({ sign, text, further }) => `${sign}${hex(text)}${further ? `*${further}` : ''}`,
  )
}

function followerOf({ text, further }: { text: string; further: number }): string | null {
  const [first = '', ...others] = text
  return others.length > 0 ? null : String.fromCodePoint((first.codePointAt(0) ?? 0) + further + 1)
}

/**
 * Texts and their elements, with the weights that no text has. Texts that would have the same elements,
 * though they differ, differ in the last one then.
 */
export function sequenceTokens(
  sequences: readonly { text: string; parts: readonly Part[] }[],
  weights: ReadonlyMap<string, Weights>,
): string[] {
  let [before, elementsBefore, further] = ['', '', 0]
  return sequences.map(({ text, parts }) => {
    const elements = parts.map((part) => elementToken(part, weights, 0)).join('|')
    const isAlike = elements === elementsBefore && byVariants(before, text) !== 0
    further = elements === elementsBefore ? further + (isAlike ? 1 : 0) : 0
    before = text
    elementsBefore = elements
    const distinct = parts.map((part, at) =>
      elementToken(part, weights, at === parts.length - 1 ? further : 0),
    )
    return `${hex(text)}:${distinct.join('|')}`
  })
}

function elementToken(
  { text, secondary, tertiary }: Part,
  weights: ReadonlyMap<string, Weights>,
  further: number,
): string {
  const own = weights.get(text) ?? { secondary: 0, tertiary: 0 }
  const accent = secondary === 'higher' ? `;${own.secondary + 1}` : ''
  const higher = (tertiary === 'higher' ? 1 : 0) + further
  return hex(text) + accent + (higher > 0 ? `,${own.tertiary + higher}` : '')
}

function hex(text: string): string {
  return Array.from(text, (one) => one.codePointAt(0)?.toString(16)).join('+')
}

/** Lines of a hundred columns at the most. */
export function lines(tokens: readonly string[]): string[] {
  const found: string[] = []
  for (const token of tokens) {
    const line = found.at(-1)
    if (line !== undefined && line.length + token.length < 100)
      found[found.length - 1] = `${line} ${token}`
    else found.push(token)
  }
  return found
}
