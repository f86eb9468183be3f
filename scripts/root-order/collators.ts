/** Compares like `Intl.Collator`: by letters alone, with accents, or with case and variants as well. */
export type Compare = (one: string, other: string) => number

// English sorts by the root order of CLDR, without a change.
export const byLetters = comparing('base')
export const byAccents = comparing('accent')
export const byVariants = comparing('variant')

function comparing(sensitivity: 'base' | 'accent' | 'variant'): Compare {
  return new Intl.Collator('en', { sensitivity }).compare
}

/** Combining grapheme joiner: no weight of its own, and what it separates is no contraction. */
export const joiner = '\u034f'

/** Behind every other character (UTS #35, part 5, 3.2). */
export const last = '\uffff'

/** The place of the greatest item that is not behind the wanted one, or -1. */
export function findLast<Item>(items: readonly Item[], isBehind: (item: Item) => boolean): number {
  let low = 0
  let high = items.length
  while (low < high) {
    const middle = (low + high) >> 1
    const item = items[middle]
    if (item === undefined || isBehind(item)) high = middle
    else low = middle + 1
  }
  return low - 1
}
