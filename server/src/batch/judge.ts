import { randomUUIDv7 } from 'node:crypto'
import { contactNotFound, currentOf, namesIn, storedOf } from '../contacts/change.ts'
import { newStored } from '../contacts/contacts.ts'
import { revisionOf } from '../contacts/etag.ts'
import { isUnchanged } from '../contacts/is-unchanged.ts'
import { fromColumns } from '../contacts/store/columns.ts'
import type { CardedRow } from '../contacts/store/rows.ts'
import type { Addition, Update } from '../contacts/store/write-many.ts'
import { cardChange } from '../contacts/store/write-one.ts'
import { AppError } from '../errors.ts'
import type { BookState } from './book-state.ts'
import { inField, type Operation, type Readable } from './read-operation.ts'

/** What an operation is to write. */
export type Write =
  | { kind: 'create'; addition: Addition }
  | { kind: 'patch' | 'restore'; update: Update }
  | { kind: 'delete'; row: CardedRow }
  | { kind: 'none'; row: CardedRow }
  /** Only the contact's own history says what comes back. */
  | { kind: 'restore_with_lost_labels' }

/** A write that the client wanted only as long as the contact was another one. */
export class StaleContact extends Error {
  override name = 'StaleContact'
  readonly row: CardedRow

  constructor(row: CardedRow) {
    super('the contact has another revision')
    this.row = row
  }
}

/**
 * Decides what an operation writes into a book in this state.
 * @throws AppError, {@link StaleContact}
 */
export function judge(state: BookState, operation: Readable): Write {
  switch (operation.kind) {
    case 'create':
      return create(state, operation)
    case 'patch':
      return patch(state, operation)
    case 'delete':
      return { kind: 'delete', row: liveRow(state, operation) }
    default:
      return restore(state, operation)
  }
}

type Of<Kind extends Operation['kind']> = Extract<Readable, { kind: Kind }>

function create(
  { rows, gone, names, uids }: BookState,
  { id, isIdNew, contact, labelIds }: Of<'create'>,
): Write {
  if (rows.has(id) || gone.has(id)) {
    throw new AppError('conflict', 'id_taken', 'You have, or had, a contact with this id.')
  }
  const labels = { ids: labelIds, names: inField('/contact', () => namesIn(names, labelIds)) }
  const uid = uids.isTaken(id) ? randomUUIDv7() : null
  const addition = { id, contact: { ...newStored(contact, labels), uid }, isIdKnown: !isIdNew }
  return { kind: 'create', addition }
}

function patch(state: BookState, operation: Of<'patch'>): Write {
  const row = liveRow(state, operation)
  const wanted = operation.edit(currentOf(row))
  const contact = inField('/patch', () => storedOf(wanted, row, state.names))
  if (isUnchanged(row, contact)) return { kind: 'none', row }
  return { kind: 'patch', update: updateOf(row, contact) }
}

function restore({ rows, names, uids, labelsBefore }: BookState, { id }: Of<'restore'>): Write {
  const row = rows.get(id)
  if (!row || row.deleted_at === null) throw contactNotFound()
  if (labelsBefore.get(id)?.some((labelId) => !names.has(labelId))) {
    return { kind: 'restore_with_lost_labels' }
  }
  const uid = uids.isTaken(id) ? randomUUIDv7() : undefined
  const wanted = { contact: fromColumns(row), labelIds: row.label_ids, uid }
  return { kind: 'restore', update: updateOf(row, storedOf(wanted, row, names)) }
}

function updateOf(before: CardedRow, contact: Update['contact']): Update {
  return { before, contact, card: cardChange(before.card, contact.card) }
}

function liveRow({ rows }: BookState, { id, ifRevision }: Of<'patch' | 'delete'>): CardedRow {
  const row = rows.get(id)
  if (!row || row.deleted_at !== null) throw contactNotFound()
  if (ifRevision !== undefined && ifRevision !== revisionOf(row)) throw new StaleContact(row)
  return row
}
