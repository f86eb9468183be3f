import {
  from,
  manyRows,
  recordsIn,
  rowsOf,
  sql,
  step,
  writeOf,
  type Source,
  type Step,
  type Write,
} from '../../db/steps.ts'
import {
  columnDefinitions,
  columnRecord,
  contactColumnNames,
  contactColumns,
} from './contact-columns.ts'
import type { LockedBook } from './locked-book.ts'
import type { Revised } from './row-after.ts'
import type { WholeRow } from './rows.ts'
import { snapshotOf, type RetiredLabel } from './snapshot.ts'
import type { CardChange } from './statements.ts'
import type { Operation, StoredContact } from './stored-contact.ts'
import {
  cardRemovalStep,
  cardStep,
  countChanges,
  restoredCardName,
  mergePartStep,
  namingBesideOthers,
  ownerOfMany,
  revisionStep,
  tombstoneRemovalStep,
  tombstoneStep,
  trashing,
} from './write-steps.ts'

// Several contacts in one statement, as records of JSON. All take one range of the owner's
// revisions, a number for each.

/** A contact that is to be added, with the id that it will have. */
export type Addition = {
  id: string
  contact: StoredContact
  /** Whether others may know the id already, so that some file may be called by it. */
  isIdKnown?: boolean
  /** Those of the contact in the archive that it comes from; null for now. */
  times?: {
    createdAt: string | null
    updatedAt: string | null
    /** null for a contact in use. */
    deletedAt: string | null
  }
  /** For how many revisions of its past numbers are left free between the first and the last. */
  revisions?: number
}

/**
 * Adds contacts with their cards.
 * @returns what each has of the database, by id; the revision is the last one
 * @throws a violation of `contacts_uid_once`
 */
export async function insertContacts(
  { ask, ownerId, via }: LockedBook,
  additions: readonly Addition[],
): Promise<Map<string, Revised>> {
  if (additions.length === 0) return new Map()
  let last = 0
  const records = additions.map(({ id, contact, times, revisions = 0 }) => {
    const first = last + 1
    last = first + revisions
    return {
      ...recordOf(contact, first),
      last_number: last,
      id,
      created_at: times?.createdAt,
      updated_at: times?.updatedAt,
      deleted_at: times?.deletedAt,
      version: contact.card?.version,
      card: contact.card?.text,
    }
  })
  const rows = await ask<RevisedRow>(inserting, [ownerId, JSON.stringify(records), last, via])
  const known = additions.flatMap(({ id, isIdKnown = false }) => (isIdKnown ? [id] : []))
  if (known.length > 0) await ask(namingBesideOthers, [ownerId, known])
  return revisedById(rows)
}

/** A contact that is to be changed: as it was read, and as it is to be stored. */
export type Update = { before: WholeRow; contact: StoredContact; card: CardChange }

type Options = {
  /** Moves them to the trash; those already there keep their time of deletion. */
  isTrashed?: boolean
  /** Brings them back from the trash. */
  isRestored?: boolean
  /** The label that they lose because it is deleted: kept by their revisions. */
  retired?: RetiredLabel | null
}

/**
 * Changes contacts and their cards, and keeps a revision of what each was. The rows were read in the
 * same locked book.
 * @returns what each has of the database now, by id
 * @throws a violation of `contacts_uid_once`
 */
export async function updateContacts(
  { ask, ownerId, actorId, via }: LockedBook,
  updates: readonly Update[],
  operation: Operation,
  { isTrashed = false, isRestored = false, retired = null }: Options = {},
): Promise<Map<string, Revised>> {
  if (updates.length === 0) return new Map()
  const records = updates.map(({ before, contact, card }, at) => ({
    ...recordOf(contact, at + 1),
    id: before.id,
    card_change: card,
    // An unchanged card is not sent.
    ...(card === 'write' && { version: contact.card?.version, card: contact.card?.text }),
    snapshot: snapshotOf(before, retired),
  }))
  const write = isTrashed ? trashingMany : isRestored ? restoringMany : changing
  const rows = await ask<RevisedRow>(write, [
    ownerId,
    JSON.stringify(records),
    records.length,
    actorId,
    via,
    operation,
  ])
  return revisedById(rows)
}

type RevisedRow = Revised & Pick<WholeRow, 'id'>

const revisedColumns = 'id, modseq, created_at, updated_at'

const changed = manyRows('changed', 'id uuid, modseq bigint, book_id uuid, card_name text')

function nextWith(more: string): Source {
  return recordsIn(
    '$2',
    'next',
    `number integer, id uuid, ${columnDefinitions}, version text, card text, ${more}`,
  )
}

const added = nextWith(`last_number integer, created_at timestamptz, updated_at timestamptz,
        deleted_at timestamptz`)

/** By owner, records, how many revisions they take, and via. */
const inserting = writeOf({
  records: [added],
  steps: [
    countChanges('$3::integer'),
    step(
      changed,
      sql`insert into contacts (owner_id, id, ${contactColumnNames}, created_via, created_modseq,
        modseq, created_at, updated_at, deleted_at)
      ${rowsOf({
        values: `$1, id, ${contactColumnNames}, $4, owner.before + number,
        owner.before + last_number, coalesce(created_at, now()), coalesce(updated_at, now()),
        deleted_at`,
        from: [added, ownerOfMany],
      })}
      returning ${revisedColumns}`,
    ),
    cardStep([changed, added], {
      version: 'next.version',
      text: 'next.card',
      condition: 'next.card is not null',
    }),
  ],
  answer: { of: changed, columns: revisedColumns },
})

const next = nextWith('card_change text, snapshot jsonb')

/** By owner, records, their number, and the author and operation of the revisions. */
const changing = changeOf('updated_at = statement_timestamp()', [])
const trashingMany = changeOf(trashing, [tombstoneStep(changed)])
const restoringMany = changeOf(
  `deleted_at = null, merged_into = null, updated_at = statement_timestamp(), ${restoredCardName}`,
  [tombstoneRemovalStep(changed), mergePartStep(changed)],
)

function changeOf(set: string, steps: Step[]): Write {
  const sets = contactColumns.map(({ name }) => `${name} = next.${name}`)
  return writeOf({
    records: [next],
    steps: [
      countChanges('$3::integer'),
      step(
        changed,
        sql`update contacts set ${sets.join(', ')}, ${set},
        modseq = owner.before + next.number${from(next, ownerOfMany)}
      where contacts.owner_id = $1 and contacts.id = next.id
      returning contacts.id, contacts.modseq, contacts.created_at, contacts.updated_at,
        contacts.book_id, contacts.card_name`,
      ),
      revisionStep([changed, next], {
        actorId: '$4',
        via: '$5',
        operation: '$6',
        snapshot: 'next.snapshot',
        card: '(select card from contact_cards where owner_id = $1 and contact_id = changed.id)',
      }),
      cardStep([changed, next], {
        version: 'next.version',
        text: 'next.card',
        condition: `next.card_change = 'write'`,
      }),
      cardRemovalStep(next, `next.card_change = 'remove'`),
      ...steps,
    ],
    answer: { of: changed, columns: revisedColumns },
  })
}

function recordOf(contact: StoredContact, number: number) {
  return { ...columnRecord(contact), number }
}

function revisedById(rows: RevisedRow[]): Map<string, Revised> {
  return new Map(rows.map(({ id, ...revised }) => [id, revised]))
}
