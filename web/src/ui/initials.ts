/** The first letters of the first and the last word of a name; of a company's the first alone. */
export function initialsOf(name: string, isCompany: boolean): string {
  const letters = name.match(wordBegins) ?? []
  const [first = '', last = ''] = [letters[0], letters.length > 1 ? letters.at(-1) : '']
  return (isCompany ? first : first + last).toLocaleUpperCase()
}

/** The first letter of each word, with its marks; digits and signs begin none. */
const wordBegins = /(?<![\p{L}\p{M}\p{N}'’.@_-])\p{L}\p{M}*/gu

/** How many tints there are: `--tint-1` and so on. */
const tints = 8

/** The number of the tint of somebody, from 1; the same for life. */
export function tintOf(id: string): number {
  let hash = 0x811c9dc5
  for (const character of id) {
    hash = Math.imul(hash ^ (character.codePointAt(0) ?? 0), 0x01000193)
  }
  return ((hash >>> 0) % tints) + 1
}
