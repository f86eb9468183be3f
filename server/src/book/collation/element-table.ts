import type { Element } from './element.ts'

/** The elements of characters, and of texts of several characters. */
export type ElementTable = {
  /** By the code points of characters that have one element; 0 for all others. */
  single: Uint32Array
  /** Of contractions, and of characters that have none or several. */
  several: Map<string, readonly Element[]>
}

// Behind the last ideograph: beyond are only characters without elements.
const codePoints = 0x34000

/** Nearly all characters have one element, which takes four octets here. */
export function createElementTable(): ElementTable {
  return { single: new Uint32Array(codePoints), several: new Map() }
}
