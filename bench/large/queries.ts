import { drawPeople, type Person } from '../bulk/people.ts'
import { randomFrom, type Random } from '../random.ts'

/** What is searched for in a large book. */
export type SearchKind = { name: string; maxP95Ms: number; path: (random: Random) => string }

const exactMs = 50
const similarMs = 150
// Notes stand in no index: they are read where the contacts are.
const notesMs = 500

/** The ways to search in a book of these people. */
export function searchKinds(contacts: number): SearchKind[] {
  const people = drawPeople(contacts)
  const found = (
    name: string,
    maxP95Ms: number,
    textOf: (one: Person, random: Random) => string,
  ) => {
    const known = people.filter((one) => textOf(one, randomFrom(1)).trim() !== '')
    const path = (random: Random) => {
      const one = known[random(known.length)]
      return `/api/contacts/search?q=${encodeURIComponent(one ? textOf(one, random) : '')}`
    }
    return { name, maxP95Ms, path }
  }
  const noted = (kind: SearchKind) => {
    return { ...kind, path: (random: Random) => `${kind.path(random)}&notes=true` }
  }
  return [
    found('whole name', exactMs, ({ first, last }) => first && last && `${first} ${last}`),
    found('last name', exactMs, ({ last }) => last),
    found('two letters', exactMs, ({ first }) => first.slice(0, 2)),
    found('phone', exactMs, ({ phones }) => phones[0]?.value.slice(-7) ?? ''),
    found('e-mail', exactMs, ({ emails }) => emails[0]?.value ?? ''),
    noted(found('notes', notesMs, ({ note }) => note?.split(' ').slice(0, 2).join(' ') ?? '')),
    noted(found('address', notesMs, ({ addresses }) => addresses[0]?.value ?? '')),
    found('name, one typo', similarMs, ({ first, last }, random) =>
      last.length < 4 || !first ? '' : `${first} ${withTypo(last, random)}`,
    ),
    found('typo', similarMs, ({ last }, random) => (last.length < 4 ? '' : withTypo(last, random))),
    found('rare, typo', similarMs, ({ emails }, random) => {
      const word = emails[0]?.value.split('@')[0] ?? ''
      return word.length < 8 ? '' : withTypo(withTypo(word, random), random)
    }),
    noted(
      found('typo, notes', notesMs, ({ last }, random) =>
        last.length < 4 ? '' : withTypo(last, random),
      ),
    ),
  ]
}

const letters = 'abcdefghijklmnopqrstuvwxyz'

/** A letter more, one less, another one, or two swapped. */
function withTypo(word: string, random: Random): string {
  const characters = Array.from(word)
  const at = random(characters.length - 1)
  const letter = letters[random(letters.length)] ?? ''
  const kinds: [number, ...string[]][] = [
    [0, letter],
    [1],
    [1, letter],
    [2, characters[at + 1] ?? '', characters[at] ?? ''],
  ]
  const [removed, ...added] = kinds[random(kinds.length)] ?? [0]
  return characters.toSpliced(at, removed, ...added).join('')
}
