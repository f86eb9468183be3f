/**
 * How many typos make one text of another: a letter too many, one that is missing, another one, or two that
 * changed places (optimal string alignment: no letter is edited twice).
 * @returns a number above `most` as soon as there are more than that
 */
export function editDistance(one: string, other: string, most: number): number {
  if (Math.abs(one.length - other.length) > most) return most + 1
  const start = sameAtStart(one, other)
  const end = sameAtEnd(one, other, start)
  return distance(one.slice(start, one.length - end), other.slice(start, other.length - end), most)
}

function distance(one: string, other: string, most: number): number {
  if (one === '' || other === '') return one.length + other.length
  let before: number[] = []
  let last = Array.from({ length: other.length + 1 }, (_, at) => at)
  for (let row = 1; row <= one.length; row++) {
    // Farther from the diagonal, there are more typos than `most` by the lengths alone.
    const from = Math.max(1, row - most)
    const to = Math.min(other.length, row + most)
    const next: number[] = [row]
    let least = row
    for (let at = 1; at < from; at++) next.push(most + 1)
    for (let at = from; at <= to; at++) {
      const isSame = one.charCodeAt(row - 1) === other.charCodeAt(at - 1)
      let edits = Math.min(
        (last[at] ?? most) + 1,
        (next[at - 1] ?? most) + 1,
        (last[at - 1] ?? most) + (isSame ? 0 : 1),
      )
      if (row > 1 && at > 1 && isSwapped(one, row, other, at)) {
        edits = Math.min(edits, (before[at - 2] ?? most) + 1)
      }
      next.push(edits)
      least = Math.min(least, edits)
    }
    if (least > most) return most + 1
    before = last
    last = next
  }
  return last[other.length] ?? most + 1
}

function isSwapped(one: string, row: number, other: string, at: number): boolean {
  return (
    one.charCodeAt(row - 1) === other.charCodeAt(at - 2) &&
    one.charCodeAt(row - 2) === other.charCodeAt(at - 1)
  )
}

function sameAtStart(one: string, other: string): number {
  const longest = Math.min(one.length, other.length)
  let count = 0
  while (count < longest && one.charCodeAt(count) === other.charCodeAt(count)) count++
  return count
}

function sameAtEnd(one: string, other: string, start: number): number {
  const longest = Math.min(one.length, other.length) - start
  let count = 0
  while (
    count < longest &&
    one.charCodeAt(one.length - 1 - count) === other.charCodeAt(other.length - 1 - count)
  ) {
    count++
  }
  return count
}
