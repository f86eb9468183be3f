import { createElementTable, type ElementTable } from './element-table.ts'
import {
  accentElement,
  accentOf,
  letterElement,
  primaryOf,
  secondaryOf,
  tertiaryOf,
  type Element,
} from './element.ts'

/** The root order of CLDR, as one version of Unicode has it. */
export type RootOrder = ElementTable & {
  /** Texts of several characters that have elements of their own. */
  contractions: ReadonlySet<string>
  /** The first characters of contractions. */
  beginnings: ReadonlySet<string>
  /** The greatest primary weight. */
  lastPrimary: number
}

/**
 * Reads what `scripts/root-order/make.ts` writes. Sections are headed `[name]`; texts are written as code
 * points in hex, joined by `+`.
 *
 * - `ignored`: characters without an element
 * - `accents`, `letters`: in their order, each behind a sign of what distinguishes it from the one before
 *   it: `<` the letter or accent, `;` another secondary weight of the letter, `,` the tertiary weight, `=`
 *   nothing
 * - `sequences`: texts with the elements of others, as `text:text|text`; a letter may have another secondary
 *   weight, as `text;5`, and any text another tertiary weight, as `text,5`
 *
 * `*n` stands for n further code points, each behind the same sign.
 */
export function parseRootOrder(file: string): RootOrder {
  const table = createElementTable()
  const sections = new Map(
    file.split('\n[').map((section) => {
      const [name = '', tokens = ''] = section.split(']')
      return [name, tokens.trim().split(/\s+/)]
    }),
  )
  for (const token of sections.get('ignored') ?? []) readIgnored(token, table)
  const makeAccent = (accent: number, _: number, tertiary: number) =>
    accentElement(accent, tertiary)
  readInOrder(sections.get('accents') ?? [], makeAccent, table)
  const lastPrimary = readInOrder(sections.get('letters') ?? [], letterElement, table)
  for (const token of sections.get('sequences') ?? []) readSequence(token, table)
  const contractions = table.several.keys().filter((text) => Array.from(text).length > 1)
  return { ...table, ...contractionsOf([...contractions]), lastPrimary }
}

function contractionsOf(texts: readonly string[]) {
  const beginnings = texts.map((text) => String.fromCodePoint(text.codePointAt(0) ?? 0))
  return { contractions: new Set(texts), beginnings: new Set(beginnings) }
}

type Run = { sign: string; hex: string; count: number }

function readRun(token: string): Run {
  const sign = '<;,='.includes(token.charAt(0)) ? token.charAt(0) : ''
  const [hex = '', further = '0'] = token.slice(sign.length).split('*')
  return { sign, hex, count: Number(further) + 1 }
}

function readIgnored(token: string, { several }: ElementTable): void {
  const { hex, count } = readRun(token)
  const first = Number.parseInt(hex, 16)
  for (let at = 0; at < count; at++) several.set(String.fromCodePoint(first + at), [])
}

/** @returns the weight of the last */
function readInOrder(
  tokens: readonly string[],
  make: (weight: number, secondary: number, tertiary: number) => Element,
  { single, several }: ElementTable,
): number {
  let weight = 0
  // The odd ones are for elements of sequences that stand between two characters.
  let secondary = 0
  let tertiary = 0
  for (const token of tokens) {
    const { sign, hex, count } = readRun(token)
    const first = hex.includes('+') ? null : Number.parseInt(hex, 16)
    for (let at = 0; at < count; at++) {
      if (sign === '<') {
        weight++
        secondary = 0
        tertiary = 0
      } else if (sign === ';') {
        secondary += 2
        tertiary = 0
      } else if (sign === ',') {
        tertiary += 2
      }
      const element = make(weight, secondary, tertiary)
      if (first === null) several.set(textOf(hex), [element])
      else single[first + at] = element
    }
  }
  return weight
}

function readSequence(token: string, table: ElementTable): void {
  const [text = '', elements = ''] = token.split(':')
  table.several.set(
    textOf(text),
    elements.split('|').map((one) => elementOf(one, table)),
  )
}

function elementOf(token: string, { single, several }: ElementTable): Element {
  const [, text = '', secondary, tertiary] = /^([\da-f+]+)(?:;(\d+))?(?:,(\d+))?$/.exec(token) ?? []
  const [element = single[Number.parseInt(text, 16)] ?? 0] = several.get(textOf(text)) ?? []
  if (secondary === undefined && tertiary === undefined) return element
  const weight = Number(tertiary ?? tertiaryOf(element))
  const accent = accentOf(element)
  if (accent > 0) return accentElement(accent, weight)
  return letterElement(primaryOf(element), Number(secondary ?? secondaryOf(element)), weight)
}

function textOf(hex: string): string {
  return String.fromCodePoint(...hex.split('+').map((one) => Number.parseInt(one, 16)))
}
