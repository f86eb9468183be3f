import type { Via } from '../contacts/store/stored-contact.ts'
import { labelNames } from '../contacts/store/queries.ts'
import { findAmong, relabelContacts, beforeFirstId, type LabelledRow } from '../contacts/relabel.ts'
import { lockOwner } from '../contacts/store/write-one.ts'
import type { Ask } from '../db/ask.ts'
import type { OpenDatabase } from '../db/database.ts'
import { useGenericPlans } from '../db/generic-plans.ts'
import { invalidInput, type FieldError } from '../errors.ts'
import { readCard } from '../vcard/read-card.ts'
import { labelIdsFor } from './find-or-create.ts'
import { labelNotFound, readLabel } from './labels.ts'
import { findLabelsOf } from './queries.ts'
import type { LabelMembers, LabelMembersChanged } from './schema.ts'

/** As the table has it. */
const maxLabelsOfContact = 100
const maxReportedErrors = 20

type By = { actorId: string; via: Via }

/**
 * Gives a label to many contacts and takes it from others, in short transactions: whoever got no
 * answer asks again.
 * @throws AppError `not_found` for the label; `invalid`, before anything is changed, when an id is
 *   none of the owner's contacts
 */
export async function changeMembers(
  database: Pick<OpenDatabase, 'read' | 'transaction'>,
  ownerId: string,
  labelId: string,
  input: LabelMembers,
): Promise<LabelMembersChanged> {
  const { read } = database
  await readLabel(read, ownerId, labelId)
  const add = (input.add ?? []).map((id) => id.toLowerCase())
  const remove = (input.remove ?? []).map((id) => id.toLowerCase())
  await refuseStrangers(read, ownerId, labelId, add, remove)
  const added = await changeAll(database, ownerId, labelId, add, (ids) => withLabel(ids, labelId))
  const removed = await changeAll(database, ownerId, labelId, remove, (ids) =>
    ids.filter((id) => id !== labelId),
  )
  const { contacts } = await readLabel(read, ownerId, labelId)
  return { added, removed, contacts }
}

/**
 * What a group is in a file: its members get a label of its name, which is created where there is
 * none, and their cards stay as they are. In a transaction that has locked the owner, and for a few
 * hundred contacts at most; ids that are no contacts are passed over.
 * @returns how many did not have it before
 * @throws AppError `conflict` when the owner would have too many labels
 */
export async function labelMembers(
  ask: Ask,
  ownerId: string,
  name: string,
  contactIds: readonly string[],
  by: By,
): Promise<number> {
  const [labelId] = await labelIdsFor(ask, ownerId, [name])
  if (labelId === undefined) return 0
  const relabel = (row: LabelledRow) => ({
    labelIds: withLabel(row.label_ids, labelId),
    ...(row.card !== null && { categories: readCard(row.card).categories }),
  })
  let labelled = 0
  for (let after = beforeFirstId; ;) {
    const rows = await findAmong(ask, ownerId, contactIds, after)
    const last = rows.at(-1)
    if (!last) return labelled
    const names = await namesFor(ask, ownerId, rows, labelId)
    const change = { ...by, operation: 'labelled' } as const
    labelled += await relabelContacts(ask, ownerId, rows, relabel, names, change)
    after = last.id
  }
}

async function refuseStrangers(
  read: Ask,
  ownerId: string,
  labelId: string,
  add: string[],
  remove: string[],
) {
  const labelsOf = new Map(
    (await findLabelsOf(read, ownerId, [...add, ...remove])).map((row) => [row.id, row.label_ids]),
  )
  const adding = new Set(add)
  const errors = [
    ...add.map((id, at) => ({
      pointer: `/add/${at}`,
      detail: refusalOf(labelsOf.get(id), labelId),
    })),
    ...remove.map((id, at) => ({
      pointer: `/remove/${at}`,
      detail: adding.has(id) ? 'is also among those to add.' : refusalOf(labelsOf.get(id), labelId),
    })),
  ].filter((error): error is FieldError => error.detail !== undefined)
  if (errors.length > 0) throw invalidInput(errors.slice(0, maxReportedErrors))
}

function refusalOf(labelIds: string[] | undefined, labelId: string): string | undefined {
  if (!labelIds) return 'is not one of your contacts.'
  const isFull = labelIds.length >= maxLabelsOfContact && !labelIds.includes(labelId)
  return isFull ? `has ${maxLabelsOfContact} labels already.` : undefined
}

async function changeAll(
  database: Pick<OpenDatabase, 'transaction'>,
  ownerId: string,
  labelId: string,
  ids: readonly string[],
  relabel: (labelIds: readonly string[]) => string[],
): Promise<number> {
  const change = { actorId: ownerId, via: 'api', operation: 'labelled' } as const
  let changed = 0
  const changeSome = (after: string) =>
    database.transaction(async (ask) => {
      await useGenericPlans(ask)
      await lockOwner(ask, ownerId)
      const rows = await findAmong(ask, ownerId, ids, after)
      const names = await namesFor(ask, ownerId, rows, labelId)
      // Deleted since the caller looked.
      if (!names.has(labelId)) throw labelNotFound()
      const next = (row: LabelledRow) => ({ labelIds: relabel(row.label_ids) })
      changed += await relabelContacts(ask, ownerId, rows, next, names, change)
      return rows.at(-1)?.id
    })
  let after: string | undefined = ids.length > 0 ? beforeFirstId : undefined
  while (after !== undefined) after = await changeSome(after)
  return changed
}

function namesFor(ask: Ask, ownerId: string, rows: readonly LabelledRow[], labelId: string) {
  return labelNames(ask, ownerId, [...new Set([labelId, ...rows.flatMap((row) => row.label_ids)])])
}

/** One that is full, because it got others meanwhile, stays as it is. */
function withLabel(labelIds: readonly string[], labelId: string): string[] {
  const isFull = labelIds.length >= maxLabelsOfContact
  return labelIds.includes(labelId) || isFull ? [...labelIds] : [...labelIds, labelId]
}
