import assert from 'node:assert/strict'
import { randomUUIDv7 } from 'node:crypto'
import { storedAsCame } from '../src/contacts/incoming-card.ts'
import { inBook, type Author } from '../src/contacts/store/locked-book.ts'
import type { Via } from '../src/contacts/store/stored-contact.ts'
import { insertContacts } from '../src/contacts/store/write-many.ts'
import { cardPhotoHash } from '../src/vcard/photo-hash.ts'
import { readCard } from '../src/vcard/read-card.ts'
import { readJson, type Person } from './people.ts'
import type { TestServer } from './server.ts'

/** A card as a phone writes it: with what only the phone understands. */
export const phoneCard = [
  'BEGIN:VCARD',
  'VERSION:3.0',
  'PRODID:-//Apple Inc.//iPhone OS 17.5//EN',
  'N:Hopper;Grace;Brewster;Rear Admiral;',
  'FN:Rear Admiral Grace Brewster Hopper',
  'NICKNAME:Amazing Grace',
  'ORG:US Navy;Computation;',
  'TITLE:Programmer',
  'item1.EMAIL;type=INTERNET;type=pref:grace@example.org',
  'item1.X-ABLabel:Bridge',
  'EMAIL;type=INTERNET;type=WORK:hopper@navy.example',
  'TEL;type=CELL;type=VOICE;type=pref:+1 (703) 555-0100',
  'TEL;type=HOME;type=VOICE:+1 (703) 555-0199',
  'item2.ADR;type=HOME;type=pref:;;1 Harbor Rd;Arlington;VA;22201;United States',
  'item2.X-ABADR:us',
  'BDAY;X-APPLE-OMIT-YEAR=1604:1604-12-09',
  'item3.X-ABDATE;type=pref:1930-06-15',
  'item3.X-ABLabel:_$!<Anniversary>!$_',
  'X-SOCIALPROFILE;type=twitter;x-user=grace:http://twitter.com/grace',
  'X-UNHEARD-OF;x-level=9:keep me\\, please',
  'NOTE:Found the first bug.\\nIt was a moth.',
  'UID:6F1C2D5E-0000-4000-8000-0123456789AB:ABPerson',
  'REV:2020-01-02T03:04:05Z',
  'END:VCARD',
  '',
].join('\r\n')

/** A card with these lines between VERSION and END. */
export function cardWith(version: '2.1' | '3.0' | '4.0', ...lines: string[]): string {
  return ['BEGIN:VCARD', `VERSION:${version}`, ...lines, 'END:VCARD', ''].join('\r\n')
}

/** Adds a contact that came in this card, without its labels. @returns its id */
export async function addCard(
  { services }: TestServer,
  person: Person,
  text: string,
): Promise<string> {
  const id = randomUUIDv7()
  const card = { text, ...readCard(text), photoHash: cardPhotoHash(text) }
  const contact = storedAsCame(card, id, { ids: [], names: [] })
  const author = await authorOf(person, 'import')
  await inBook(services.database, author, (book) => insertContacts(book, [{ id, contact }]))
  return id
}

/** A person as the author of a write in their own book. */
export async function authorOf(person: Person, via: Via = 'api'): Promise<Author> {
  const id = await idOf(person)
  return { ownerId: id, actorId: id, via }
}

/** The card that a contact has now. */
export async function cardOf({ services }: TestServer, id: string): Promise<string | undefined> {
  const { rows } = await services.database.pool.query(
    'select card from contact_cards where contact_id = $1',
    [id],
  )
  return rows[0]?.card
}

export async function idOf(person: Person): Promise<string> {
  const { id } = await readJson<{ id: string }>(person, '/api/users/me')
  return id
}

/** The lines that only one of two cards has, apart from REV. */
export function changedLines(before: string, after: string): { gone: string[]; come: string[] } {
  const lines = (card: string) => card.split('\r\n').filter((line) => !line.startsWith('REV:'))
  const [old, now] = [lines(before), lines(after)]
  assert.ok(after.endsWith('END:VCARD\r\n'))
  return {
    gone: old.filter((line) => !now.includes(line)),
    come: now.filter((line) => !old.includes(line)),
  }
}
