import { randomUUIDv7 } from 'node:crypto'
import { labelKey, labelName } from '../book/label-name.ts'
import { inBook, type Author, type LockedBook } from '../contacts/store/locked-book.ts'
import type { Ask } from '../db/ask.ts'
import type { OpenDatabase } from '../db/database.ts'
import { isUniqueViolation } from '../db/errors.ts'
import { AppError, invalidField } from '../errors.ts'
import type { Services } from '../services.ts'
import { tooManyLabels } from './find-or-create.ts'
import { propagateLabel } from './propagate-label.ts'
import {
  retireLabel,
  findLabel,
  insertLabels,
  markForPropagation,
  updateLabel,
  type CountedLabel,
} from './queries.ts'
import type { LabelPatch, NewLabel } from './schema.ts'

// By then the contacts of a label of usual size are done; those of a huge one are left to the job.
const patience = { withinMs: 1_000 }

type Writing = Pick<Services, 'database' | 'jobs' | 'turns'>

/** @throws AppError `conflict` when there is one of that name, or too many; `invalid` */
export async function createLabel(
  database: Pick<OpenDatabase, 'transaction'>,
  author: Author,
  input: NewLabel,
): Promise<CountedLabel> {
  const name = readName(input.name)
  const label = { id: randomUUIDv7(), name, key: labelKey(name), colour: readColour(input.colour) }
  const [row] = await withUniqueName(() =>
    inBook(database, author, (book) => insertLabels(book, [label])),
  )
  if (!row) throw tooManyLabels()
  return { id: row.id, name: row.name, colour: row.colour, contacts: 0, created_at: row.created_at }
}

/**
 * Renames a label or gives it another colour. Its contacts get the new name before the answer, or by
 * a job where they are many.
 * @throws AppError `not_found`, `conflict` when there is one of that name, `invalid`
 */
export async function changeLabel(
  services: Writing,
  author: Author,
  id: string,
  patch: LabelPatch,
): Promise<CountedLabel> {
  const { database } = services
  await withUniqueName(() =>
    inBook(database, author, (book) => changeLabelIn(services, book, id, patch)),
  )
  await finishLabel(services, author, id)
  return readLabel(database.read, author.ownerId, id)
}

/**
 * The same in a book that is locked already; {@link finishLabel} follows the commit.
 * @throws AppError `not_found`, `invalid`, and a violation of `labels_name_once`
 */
export async function changeLabelIn(
  services: Pick<Writing, 'jobs'>,
  book: LockedBook,
  id: string,
  patch: LabelPatch,
): Promise<void> {
  const before = await readLabel(book.ask, book.ownerId, id)
  const name = patch.name === undefined ? before.name : readName(patch.name)
  const colour = patch.colour === undefined ? before.colour : readColour(patch.colour)
  await updateLabel(book, { id, name, key: labelKey(name), colour })
  if (name !== before.name) await queuePropagation(services, book, id)
}

/**
 * Deletes a label; its contacts stay without it, or go to the trash: before the answer, or by a job
 * where they are many.
 * @throws AppError `not_found`
 */
export async function removeLabel(
  services: Writing,
  author: Author,
  id: string,
  trashesContacts: boolean,
): Promise<void> {
  await inBook(services.database, author, (book) =>
    removeLabelIn(services, book, id, trashesContacts),
  )
  await finishLabel(services, author, id)
}

/** The same in a book that is locked already; {@link finishLabel} follows the commit. */
export async function removeLabelIn(
  services: Pick<Writing, 'jobs'>,
  book: LockedBook,
  id: string,
  trashesContacts: boolean,
): Promise<void> {
  if (!(await retireLabel(book, id, trashesContacts))) throw labelNotFound()
  await queuePropagation(services, book, id)
}

/** Writes what became of a label into its contacts, where it has changed; the job goes on with many. */
export async function finishLabel(services: Writing, author: Author, id: string): Promise<void> {
  await propagateLabel(services, author, id, patience)
}

async function queuePropagation(
  { jobs }: Pick<Writing, 'jobs'>,
  book: LockedBook,
  labelId: string,
) {
  const { ask, ownerId, actorId, via } = book
  await markForPropagation(book, labelId)
  await jobs.send(ask, 'propagate-label', { ownerId, actorId, via, labelId })
}

/** @throws AppError `not_found` */
export async function readLabel(read: Ask, ownerId: string, id: string): Promise<CountedLabel> {
  const label = await findLabel(read, ownerId, id)
  if (!label) throw labelNotFound()
  return label
}

export function labelNotFound(): AppError {
  return new AppError('not_found', 'not_found', 'There is no such label.')
}

function readName(text: string): string {
  const name = labelName(text)
  if (name === null) throw invalidField('/name', 'must have something to read in it.')
  return name
}

function readColour(colour: string | null | undefined): string | null {
  return colour?.toLowerCase() ?? null
}

/** The database refuses a name that reads like another label's. */
async function withUniqueName<T>(write: () => Promise<T>): Promise<T> {
  try {
    return await write()
  } catch (error) {
    if (!isUniqueViolation(error, 'labels_name_once')) throw error
    throw new AppError('conflict', 'label_exists', 'There is a label of this name already.')
  }
}
