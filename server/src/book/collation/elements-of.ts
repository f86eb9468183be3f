import { letterElement, type Element } from './element.ts'
import type { RootOrder } from './parse-root-order.ts'
import { rootOrder } from './root-order.ts'

/** The collation elements of a text in the root order (UTS #10, 7.2). */
export function elementsOf(text: string): Element[] {
  const order = rootOrder()
  const characters = Array.from(text.normalize('NFD'))
  const elements: Element[] = []
  for (let at = 0; at < characters.length; at++) {
    const character = characters[at] ?? ''
    if (order.beginnings.has(character)) {
      addElements(elements, takeContraction(order, characters, at), order)
    } else {
      addElements(elements, character, order)
    }
  }
  return elements
}

/** @param text a character or a contraction */
function addElements(elements: Element[], text: string, order: RootOrder): void {
  const codePoint = text.codePointAt(0) ?? 0
  const isCharacter = text.length === (codePoint < 0x10000 ? 1 : 2)
  const element = isCharacter ? order.single[codePoint] : 0
  if (element) {
    elements.push(element)
  } else {
    for (const one of order.several.get(text) ?? unknown(order, codePoint)) elements.push(one)
  }
}

/** Characters that the order does not know sort behind all others, by their code points. */
function unknown({ lastPrimary }: RootOrder, codePoint: number): Element[] {
  const primaries = [lastPrimary + 1, 1 + (codePoint >> 10), 1 + (codePoint & 1023)]
  return primaries.map((primary) => letterElement(primary, 0, 0))
}

/**
 * The longest contraction that begins at a place. Its marks may stand behind others; those that belong to
 * it are removed from the characters.
 */
function takeContraction({ contractions }: RootOrder, characters: string[], at: number): string {
  let contraction = characters[at] ?? ''
  let next = at + 1
  while (next < characters.length) {
    const character = characters[next] ?? ''
    if (contractions.has(contraction + character) && isFree(characters, at + 1, next)) {
      contraction += character
      characters.splice(next, 1)
    } else if (/\p{M}/u.test(character)) {
      next++
    } else break
  }
  return contraction
}

/** Whether a mark may stand before those from another one on: their order says nothing then (UTS #10, 7.2). */
function isFree(characters: readonly string[], from: number, at: number): boolean {
  if (from === at) return true
  const mark = characters[at] ?? ''
  const passed = characters.slice(from, at).join('')
  return (mark + passed).normalize('NFD') === passed + mark
}
