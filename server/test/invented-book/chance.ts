/** What is drawn by lot, the same from the same seed. */
export type Chance = {
  /** A whole number from 0 up to, but not, `below`. */
  below(limit: number): number
  one<T>(of: readonly T[]): T
  /** Whether something happens that happens so often, of 1. */
  is(share: number): boolean
  digits(count: number): string
  /** Draws until it is something that was not drawn before: no two people have one address. */
  unused(draw: () => string): string
}

/** Mulberry32. */
export function chanceFrom(seed: number): Chance {
  let state = seed | 0
  const next = () => {
    state = (state + 0x6d2b79f5) | 0
    let bits = Math.imul(state ^ (state >>> 15), 1 | state)
    bits = (bits + Math.imul(bits ^ (bits >>> 7), 61 | bits)) ^ bits
    return ((bits ^ (bits >>> 14)) >>> 0) / 2 ** 32
  }
  const below = (limit: number) => Math.floor(next() * limit)
  const drawn = new Set<string>()
  return {
    below,
    one: (of) => of[below(of.length)] as never,
    is: (share) => next() < share,
    digits: (count) => Array.from({ length: count }, () => below(10)).join(''),
    unused(draw) {
      let text = draw()
      while (drawn.has(text)) text = draw()
      drawn.add(text)
      return text
    },
  }
}
