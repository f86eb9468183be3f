import { findGone } from '../contacts/store/find-many.ts'
import type { LockedBook } from '../contacts/store/locked-book.ts'
import { findWholes, labelNames } from '../contacts/store/queries.ts'
import type { CardedRow } from '../contacts/store/rows.ts'
import { findTrashedLabels } from '../trash/queries.ts'
import type { Operation, Readable } from './read-operation.ts'
import { readSharedUids, type SharedUids } from './shared-uids.ts'

/** What some operations need to know of a book; kept up to date while they are carried out. */
export type BookState = {
  /** The contacts that they are about, in use or in the trash, by their ids. */
  rows: Map<string, CardedRow>
  /** Ids that contacts had which are gone for good. */
  gone: ReadonlySet<string>
  uids: SharedUids
  /** The labels that contacts had before they went to the trash. */
  labelsBefore: Map<string, string[]>
  /** The labels of all these, by their ids. */
  names: ReadonlyMap<string, string>
}

export async function readState(
  book: LockedBook,
  operations: readonly Readable[],
): Promise<BookState> {
  const { ask, ownerId } = book
  const known = operations.filter(({ isIdNew }) => !isIdNew)
  const ids = (kind?: Operation['kind']) =>
    known.flatMap((one) => (!kind || one.kind === kind ? [one.id] : []))
  const rows = await findWholes(ask, ownerId, ids())
  const labelsBefore = await findTrashedLabels(ask, ownerId, ids('restore'))
  const state = {
    rows,
    gone: await findGone(ask, ownerId, ids('create')),
    uids: await readSharedUids(book, {
      coming: [...ids('create'), ...ids('restore')],
      going: ids('delete'),
    }),
    labelsBefore,
  }
  return { ...state, names: await readNames(book, operations, state) }
}

/** The names of all labels that the operations may have to do with. */
export function readNames(
  { ask, ownerId }: LockedBook,
  operations: readonly Operation[],
  { rows, labelsBefore }: Pick<BookState, 'rows' | 'labelsBefore'>,
): Promise<ReadonlyMap<string, string>> {
  const ids = new Set([
    ...operations.flatMap((one) => ('labelIds' in one ? one.labelIds : [])),
    ...[...rows.values()].flatMap(({ label_ids }) => label_ids),
    ...[...labelsBefore.values()].flat(),
  ])
  return labelNames(ask, ownerId, [...ids])
}
