import { spellingsOfUid, uidForms } from '../../book/uid.ts'
import type { Ask } from '../../db/ask.ts'
import { placesAfter } from '../../db/bind.ts'
import { manyRows, oneRow, rowsOf, sql, step, writeOf, type Write } from '../../db/steps.ts'
import { firstBookId, idIn } from './card-files.ts'
import { columnValues, contactColumnNames, contactColumns } from './contact-columns.ts'
import type { Author } from './locked-book.ts'
import type { Card, StoredContact } from './stored-contact.ts'
import { hasUidInAnyCase } from './uid-in-any-case.ts'
import { cardStep, countFirstChange, countFirstChangeUnless, owner } from './write-steps.ts'

/** A contact that comes as a file. */
export type NewFile = {
  id: string
  bookId: string
  name: string
  contact: StoredContact & { card: Card }
}

type Written = { modseq: number; updated_at: string; card_etag: string }

/**
 * Adds a contact with its card under the name of its file, and counts the change, in one statement.
 * @throws a violation of `contacts_uid_once` or `contacts_card_name_once`
 */
export async function insertFile(write: Ask, author: Author, file: NewFile): Promise<Written> {
  const rows = await write<Written>(inserting, valuesOf(author, file))
  return rows[0] as Written
}

/**
 * The same, unless the name or the UID is taken, a group names the card as its member, or the book is gone, and unless
 * something else of the owner was written meanwhile: then nothing is written. Most files that come are new, and for
 * these it saves looking first.
 * @param memberKeys by which groups know the card
 */
export async function insertFileIfFree(
  write: Ask,
  author: Author,
  file: NewFile,
  memberKeys: readonly string[],
): Promise<Written | undefined> {
  const { spellings, id } = uidForms(file.contact.uid ?? file.id)
  const rows = await write<Written>(insertingIfFree, [
    ...valuesOf(author, file),
    idIn(file.name),
    spellings,
    id,
    memberKeys,
  ])
  return rows[0]
}

function valuesOf({ ownerId, via }: Author, { id, bookId, name, contact }: NewFile): unknown[] {
  const { version, text } = contact.card
  return [ownerId, id, ...columnValues(contact), via, bookId, name, version, text]
}

/**
 * The spellings in an array as rows named `spelled`, each of which is then looked for by itself. By
 * `= any (…)`, a plan that was made while the book was small reads all UIDs of the book.
 */
const spelledIn = (array: string) =>
  `(select unnest(${array}::text[]) limit ${spellingsOfUid}) as spelled (uid)`

const seen = oneRow('seen', 'modseq bigint')
const seeOwner = step(
  seen,
  sql`select coalesce(max(modseq), 0) as modseq from owners where id = $1`,
)
const file = oneRow('changed', 'id uuid')
const inserting = insertion(false)
const insertingIfFree = insertion(true)

function insertion(isGuarded: boolean): Write {
  const place = placesAfter(2)
  const places = contactColumns.map(({ type }) => (type ? `${place()}::${type}` : place()))
  const [via, bookId, name, version, card] = [place(), place(), place(), place(), place()]
  const [idOfName, spellings, idOfUid, memberKeys] = [place(), place(), place(), place()]
  const inUse = `owner_id = $1 and book_id = ${bookId}::uuid and deleted_at is null`
  const obstacle = manyRows('obstacle', '')
  const look = () =>
    step(
      obstacle,
      sql`select from contacts where ${inUse} and card_name = ${name}
      union all
      select from contacts where ${inUse} and id = ${idOfName}::uuid and card_name is null
      union all
      select from ${spelledIn(spellings)} cross join lateral (
        select from contacts
        where ${inUse} and ${hasUidInAnyCase('spelled.uid')} limit 1
      ) namesake
      union all
      select from contacts where ${inUse} and id = ${idOfUid}::uuid and uid is null
      union all
      select from group_cards
      where owner_id = $1 and book_id = ${bookId}::uuid and card_name = ${name}
      union all
      select from group_cards where owner_id = $1 and uid_key = any (${spellings}::text[])
      union all
      select where ${bookId}::uuid <> '${firstBookId}' and not exists (
        select from address_books where owner_id = $1 and id = ${bookId}::uuid
      )
      union all
      select from group_members where owner_id = $1 and member_key = any (${memberKeys}::text[])`,
    )
  // What came while this waited for the owner's lock is not among what it saw.
  const guard = { from: [owner, seen], where: 'owner.modseq = seen.modseq + 1' }
  return writeOf({
    steps: [
      ...(isGuarded ? [seeOwner, look(), countFirstChangeUnless(obstacle)] : [countFirstChange]),
      step(
        file,
        sql`insert into contacts (owner_id, id, ${contactColumnNames},
        created_via, book_id, card_name, created_modseq, modseq)
      ${rowsOf({
        values: `$1::uuid, $2::uuid, ${places.join(', ')}, ${via}, ${bookId}::uuid, ${name},
        owner.modseq, owner.modseq`,
        ...(isGuarded ? guard : { from: [owner] }),
      })}
      returning id, modseq, updated_at, card_etag`,
      ),
      cardStep([file], { version: version ?? '', text: card ?? '' }),
    ],
    answer: { of: file, columns: 'modseq, updated_at, card_etag' },
  })
}
