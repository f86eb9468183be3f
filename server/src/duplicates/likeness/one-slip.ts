// Shorter words are one letter apart from many others.
const minLength = 4

/**
 * Whether two words differ by one slip of the fingers: a letter that is another, too many, missing, or
 * has changed places with its neighbour. The first letter is rarely wrong, and then tells names apart.
 */
export function isOneSlipApart(one: string, other: string): boolean {
  const [short, long] = one.length <= other.length ? [one, other] : [other, one]
  if (short.length < minLength || long.length - short.length > 1 || one[0] !== other[0])
    return false
  let at = 0
  while (at < short.length && short[at] === long[at]) at++
  if (short.length < long.length) return short.slice(at) === long.slice(at + 1)
  if (short.slice(at + 1) === long.slice(at + 1)) return true
  return (
    short[at] === long[at + 1] &&
    short[at + 1] === long[at] &&
    short.slice(at + 2) === long.slice(at + 2)
  )
}
