import { primaryOf } from './element.ts'
import { rootOrder } from './root-order.ts'

// What most names are made of: one octet each.
const frequent = " '(),-./&+0123456789abcdefghijklmnopqrstuvwxyz"
const firstShort = 0x20
const firstLong = 0x80
// Surrogates are no text, and behind them UTF-16 would sort in another way than UTF-8.
const surrogates = 0xd800
const beyondSurrogates = 0x10000

let kept: number[] | undefined

/**
 * A primary weight as text. These texts sort as their weights do, by octets and in JavaScript, and none is
 * the beginning of another. What is not frequent is a longer character, behind an octet for its place
 * among the frequent ones, unless it comes behind all of these.
 */
export function primaryText(primary: number): string {
  kept ??= frequentPrimaries()
  const primaries = kept
  const place = firstFrom(primaries, primary)
  if (primaries[place] === primary) return String.fromCharCode(firstShort + 2 * place + 1)
  const distance = longText(primary - (primaries[place - 1] ?? 0))
  return place === primaries.length
    ? distance
    : String.fromCharCode(firstShort + 2 * place) + distance
}

function frequentPrimaries(): number[] {
  const { single } = rootOrder()
  const primaries = Array.from(frequent, (character) =>
    primaryOf(single[character.charCodeAt(0)] ?? 0),
  )
  return primaries.sort((one, other) => one - other)
}

/** The place of the first of sorted numbers that is not less than a number. */
function firstFrom(sorted: readonly number[], number: number): number {
  let low = 0
  let high = sorted.length
  while (low < high) {
    const middle = (low + high) >> 1
    if ((sorted[middle] ?? 0) < number) low = middle + 1
    else high = middle
  }
  return low
}

function longText(distance: number): string {
  const codePoint = firstLong + distance
  return String.fromCodePoint(
    codePoint < surrogates ? codePoint : codePoint - surrogates + beyondSurrogates,
  )
}
