import type { Contact } from '../../src/book/contact.ts'
import { chanceFrom } from './chance.ts'
import { anyKnown, entryOf } from './entries.ts'
import { neighbours } from './neighbours.ts'
import { inventPerson } from './person.ts'
import { secondEntries } from './second-entries.ts'

/** An entry of an invented book, and who it is of. */
export type InventedEntry = { person: number; kind: string; contact: Contact }

/**
 * A book of 3,000 people and more from many countries. 600 of them are there twice, each in one of the
 * ways in which that happens to real books; others look alike and are not the same.
 */
export function inventBook(seed: number): InventedEntry[] {
  const chance = chanceFrom(seed)
  const entries: InventedEntry[] = []
  let people = 0
  const add = (kind: string, ...contacts: Contact[]) => {
    const person = people++
    for (const contact of contacts) entries.push({ person, kind, contact })
  }

  for (const [kind, { count, make }] of Object.entries(secondEntries)) {
    for (let made = 0; made < count;) {
      const pair = make(chance, inventPerson(chance))
      if (!pair) continue
      add(kind, ...(chance.is(0.5) ? pair : pair.toReversed()))
      made++
    }
  }
  for (const [kind, { count, make }] of Object.entries(neighbours)) {
    for (let made = 0; made < count; made++) for (const contact of make(chance)) add(kind, contact)
  }
  const strangers = 3_000 - people
  for (let made = 0; made < strangers; made++)
    add('somebody', entryOf(chance, inventPerson(chance), anyKnown(chance)))
  return entries
}
