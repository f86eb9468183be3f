import { randomUUIDv7 } from 'node:crypto'
import { lockOwner } from '../contacts/store/write-one.ts'
import type { Ask } from '../db/ask.ts'
import { askIn, inTransaction, type OpenDatabase } from '../db/database.ts'
import { isUniqueViolation } from '../db/errors.ts'
import { AppError, invalidField } from '../errors.ts'
import type { Services } from '../services.ts'
import { tooManyLabels } from './find-or-create.ts'
import { labelKey, labelName } from '../book/label-name.ts'
import {
  retireLabel,
  findLabel,
  insertLabels,
  markForPropagation,
  updateLabel,
  type CountedLabel,
} from './queries.ts'
import type { LabelPatch, NewLabel } from './schema.ts'
import { propagateLabel } from './propagate-label.ts'

// The contacts of a label of usual size are told by then; those of a huge one by the job.
const patience = { withinMs: 1_000 }

/** @throws AppError `conflict` when there is one of that name, or too many; `invalid` */
export async function createLabel(
  { transaction }: Pick<OpenDatabase, 'transaction'>,
  ownerId: string,
  input: NewLabel,
): Promise<CountedLabel> {
  const name = readName(input.name)
  const label = { id: randomUUIDv7(), name, key: labelKey(name), colour: readColour(input.colour) }
  const [row] = await once(() =>
    transaction(async (ask) => {
      await lockOwner(ask, ownerId)
      return insertLabels(ask, ownerId, [label])
    }),
  )
  if (!row) throw tooManyLabels()
  return { id: row.id, name: row.name, colour: row.colour, contacts: 0, created_at: row.created_at }
}

/**
 * Renames a label or gives it another colour. Its contacts are told of the new name: those that the
 * answer does not wait for, by a job.
 * @throws AppError `not_found`, `conflict` when there is one of that name, `invalid`
 */
export async function changeLabel(
  services: Services,
  ownerId: string,
  id: string,
  patch: LabelPatch,
): Promise<CountedLabel> {
  const isRenamed = await once(() =>
    inTransaction(services.db, async (trx) => {
      const ask = askIn(trx)
      await lockOwner(ask, ownerId)
      const before = await readLabel(ask, ownerId, id)
      const name = patch.name === undefined ? before.name : readName(patch.name)
      const colour = patch.colour === undefined ? before.colour : readColour(patch.colour)
      await updateLabel(ask, ownerId, { id, name, key: labelKey(name), colour })
      if (name === before.name) return false
      await markForPropagation(ask, ownerId, id)
      await services.jobs.send(trx, 'tell-contacts', tellingOf(ownerId, id))
      return true
    }),
  )
  if (isRenamed) await propagateLabel(services.database, tellingOf(ownerId, id), patience)
  return readLabel(services.database.read, ownerId, id)
}

/**
 * Deletes a label; its contacts stay without it, or go to the trash. Those that the answer does not
 * wait for are told by a job.
 * @throws AppError `not_found`
 */
export async function removeLabel(
  services: Services,
  ownerId: string,
  id: string,
  trashesContacts: boolean,
): Promise<void> {
  await inTransaction(services.db, async (trx) => {
    const ask = askIn(trx)
    await lockOwner(ask, ownerId)
    if (!(await retireLabel(ask, ownerId, id, trashesContacts))) throw labelNotFound()
    await markForPropagation(ask, ownerId, id)
    await services.jobs.send(trx, 'tell-contacts', tellingOf(ownerId, id))
  })
  await propagateLabel(services.database, tellingOf(ownerId, id), patience)
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

function tellingOf(ownerId: string, labelId: string) {
  return { ownerId, labelId, actorId: ownerId }
}

function readName(text: string): string {
  const name = labelName(text)
  if (name === null) throw invalidField('/name', 'must have something to read in it.')
  return name
}

function readColour(colour: string | null | undefined): string | null {
  return colour?.toLowerCase() ?? null
}

/** What reads like the name of another label is refused by the database itself. */
async function once<T>(write: () => Promise<T>): Promise<T> {
  try {
    return await write()
  } catch (error) {
    if (!isUniqueViolation(error, 'labels_name_once')) throw error
    throw new AppError('conflict', 'label_exists', 'There is a label of this name already.')
  }
}
