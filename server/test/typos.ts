import fc from 'fast-check'

/** Where and how to mistype a word. */
export type Typo = { kind: (typeof kinds)[number]; at: number; letter: string }

const kinds = ['more', 'less', 'other', 'swapped'] as const

export const anyTypo: fc.Arbitrary<Typo> = fc.record({
  kind: fc.constantFrom(...kinds),
  at: fc.nat(),
  letter: fc.constantFrom(...Array.from('abcdefghijklmnopqrstuvwxyz')),
})

/** The word with one typo: a letter more, one less, another one, or two neighbours swapped. */
export function mistyped(word: string, { kind, at, letter }: Typo): string {
  const letters = Array.from(word)
  const place = at % (kind === 'swapped' ? letters.length - 1 : letters.length)
  if (kind === 'more') letters.splice(place, 0, letter)
  if (kind === 'less') letters.splice(place, 1)
  if (kind === 'other') letters.splice(place, 1, letter)
  if (kind === 'swapped') letters.splice(place, 2, letters[place + 1] ?? '', letters[place] ?? '')
  return letters.join('')
}
