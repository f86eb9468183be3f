import { placesAfter } from '../../db/bind.ts'
import { columnsVersion } from './columns.ts'
import { wholeColumns } from './rows.ts'
import type { StoredContact } from './stored-contact.ts'

// What is said to PostgreSQL of a contact that is written, each text made once: the same string again
// finds its prepared statement at once.

type Place = () => string

/** What a contact's content is in the table; every statement names them in this order. */
export const fields: {
  name: string
  type?: string
  valueOf: (content: StoredContact) => unknown
}[] = [
  { name: 'first_name', valueOf: ({ columns }) => columns.first_name },
  { name: 'last_name', valueOf: ({ columns }) => columns.last_name },
  { name: 'email', valueOf: ({ columns }) => columns.email },
  { name: 'phone', valueOf: ({ columns }) => columns.phone },
  { name: 'bday_year', type: 'smallint', valueOf: ({ columns }) => columns.bday_year },
  { name: 'bday_md', type: 'smallint', valueOf: ({ columns }) => columns.bday_md },
  { name: 'additional_data', valueOf: ({ columns }) => columns.additional_data },
  { name: 'doc', type: 'jsonb', valueOf: ({ columns }) => JSON.stringify(columns.doc) },
  { name: 'sort_key', valueOf: ({ columns }) => columns.sort_key },
  { name: 'search', valueOf: ({ columns }) => columns.search },
  { name: 'uid', valueOf: ({ uid }) => uid },
  { name: 'label_ids', type: 'uuid[]', valueOf: ({ labelIds }) => labelIds },
  { name: 'photo_hash', valueOf: ({ photoHash }) => photoHash },
  { name: 'proj_version', type: 'smallint', valueOf: () => columnsVersion },
]

/** A placeholder for each field, with its type where PostgreSQL could not tell. */
function placesOf(place: Place): string[] {
  return fields.map(({ type }) => (type ? `${place()}::${type}` : place()))
}

/** By owner, id, fields, via, and a card's version and text. */
export const inserting = insertText(false)
export const insertingCarded = insertText(true)

function insertText(hasCard: boolean): string {
  const place = placesAfter(2)
  const places = placesOf(place)
  const via = place()
  const card = `card as (
      insert into contact_cards (owner_id, contact_id, version, card)
      select $1::uuid, $2::uuid, ${place()}, ${place()} from owner
    )`
  return `with owner as (
      insert into owners (id, modseq) values ($1, 1)
      on conflict (id) do update set modseq = owners.modseq + 1
      returning modseq
    )${hasCard ? `, ${card}` : ''}
    insert into contacts (owner_id, id, ${fields.map(({ name }) => name).join(', ')},
      created_via, created_modseq, modseq)
    select $1::uuid, $2::uuid, ${places.join(', ')}, ${via}, modseq, modseq
    from owner
    returning ${wholeColumns}`
}

export type CardStep = 'keep' | 'write' | 'remove'

/** What a change is, where that makes its text another one. */
type Form = { isRestored: boolean; hadCard: boolean; card: CardStep }

const changes = new Map<string, string>()

/** By owner, id, revision, fields, the revision's values, and the version and text of a new card. */
export function changing(form: Form): string {
  const key = `${form.isRestored} ${form.hadCard} ${form.card}`
  const text = changes.get(key) ?? changeText(form)
  changes.set(key, text)
  return text
}

function changeText({ isRestored, hadCard, card }: Form): string {
  const place = placesAfter(3)
  const places = placesOf(place)
  const sets = fields.map(({ name }, at) => `${name} = ${places[at]}`)
  if (isRestored) sets.push('deleted_at = null')
  sets.push('updated_at = clock_timestamp()')
  const more = [revisionInserting(hadCard, place)]
  if (card === 'write') more.push(cardWriting(place))
  if (card === 'remove') more.push(cardRemoving)
  if (isRestored) more.push(tombstoneRemoving)
  return ifUnchangedSince(sets, more)
}

// The owner's next revision. Its row lock, held until commit, orders all of the owner's writes. A
// write that then finds its contact changed wastes the number, which nobody misses. What follows
// the change hangs on the row that it returns: the statement's snapshot may be older than the lock.
function ifUnchangedSince(sets: string[], more: string[]): string {
  return `with owner as (
      update owners set modseq = modseq + 1 where id = $1 returning modseq
    ),
    changed as (
      update contacts set ${sets.join(', ')}, modseq = owner.modseq
      from owner
      where contacts.owner_id = $1 and contacts.id = $2 and contacts.modseq = $3
      returning ${wholeColumns}
    ),
    ${more.join(',\n    ')}
    select * from changed`
}

/** The old card is read where it stands: at the revision that was read, which the change asks for. */
function revisionInserting(hadCard: boolean, place: Place): string {
  const oldCard = hadCard
    ? '(select card from contact_cards where owner_id = $1 and contact_id = $2)'
    : 'null'
  return `revision as (
      insert into contact_revisions
        (owner_id, contact_id, modseq, at, actor_id, via, operation, contact, card)
      select $1, id, modseq, clock_timestamp(), ${place()}::uuid,
        ${place()}, ${place()}, ${place()}::jsonb, ${oldCard}
      from changed
    )`
}

function cardWriting(place: Place): string {
  return `card as (
      insert into contact_cards (owner_id, contact_id, version, card)
      select $1, id, ${place()}, ${place()} from changed
      on conflict (owner_id, contact_id)
        do update set version = excluded.version, card = excluded.card
    )`
}

const cardRemoving = `card as (
      delete from contact_cards using changed
      where contact_cards.owner_id = $1 and contact_cards.contact_id = changed.id
    )`

const tombstoneInserting = `tombstone as (
      insert into tombstones (owner_id, contact_id, modseq) select $1, id, modseq from changed
      on conflict (owner_id, contact_id) do update set modseq = excluded.modseq, at = excluded.at
    )`

const tombstoneRemoving = `tombstone as (
      delete from tombstones using changed
      where tombstones.owner_id = $1 and tombstones.contact_id = changed.id
    )`

/** By owner, id, revision, and the revision's values. */
export const trashing = ifUnchangedSince(
  // In whole milliseconds, which is what a cursor of the trash carries.
  ["deleted_at = date_trunc('milliseconds', clock_timestamp())"],
  [revisionInserting(true, placesAfter(3)), tombstoneInserting],
)
