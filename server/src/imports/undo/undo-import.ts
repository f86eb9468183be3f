import { setImmediate } from 'node:timers/promises'
import { changeWholeIn } from '../../contacts/change.ts'
import { findWhole, labelNames } from '../../contacts/store/queries.ts'
import {
  findAmong,
  beforeFirstId,
  trashContacts,
  type LabelledRow,
} from '../../contacts/relabel.ts'
import { readSnapshot } from '../../contacts/store/snapshot.ts'
import { lockOwner } from '../../contacts/store/write-one.ts'
import type { Ask } from '../../db/ask.ts'
import type { OpenDatabase } from '../../db/database.ts'
import { isOwnerGone } from '../../db/errors.ts'
import { AppError } from '../../errors.ts'
import { readCard } from '../../vcard/read-card.ts'
import { deleteUnusedLabels } from '../../labels/delete-unused.ts'
import { namesWithRetired } from '../../labels/queries.ts'
import { useGenericPlans } from '../../db/generic-plans.ts'
import { forgetFingerprints } from '../match/fingerprints.ts'
import { undoGroups } from './undo-groups.ts'
import {
  findChanges,
  findSnapshotBefore,
  forgetChanges,
  type ChangeRow,
} from '../change-queries.ts'
import { findImport, finishImport, type ImportRow } from '../queries.ts'

type Which = { ownerId: string; importId: string }

const contactsAtOnce = 20

/**
 * Takes back what an import did: contacts that it made go to the trash, those that it changed are as
 * they were before. What was changed since by somebody else stays as it is. In short transactions,
 * each of which forgets what it has undone, so that it may be broken off anywhere.
 */
export async function undoImport(
  database: Pick<OpenDatabase, 'read' | 'write' | 'transaction'>,
  row: ImportRow,
  which: Which,
  signal: AbortSignal,
) {
  try {
    while (await database.transaction((ask) => undoSome(ask, which))) {
      signal.throwIfAborted()
      await setImmediate()
    }
    await undoGroups(database, which, signal)
    await database.transaction(async (ask) => {
      await lockOwner(ask, which.ownerId)
      await deleteUnusedLabels(ask, which.ownerId, row.new_label_ids)
      await finishImport(ask, which, 'undoing', 'undone')
    })
  } catch (error) {
    if (!isOwnerGone(error)) throw error
  }
}

/** @returns whether there may be more */
async function undoSome(ask: Ask, which: Which): Promise<boolean> {
  const { ownerId, importId } = which
  await useGenericPlans(ask)
  await lockOwner(ask, ownerId)
  const row = await findImport(ask, ownerId, importId)
  if (row?.state !== 'undoing') return false
  const changes = await findChanges(ask, which, contactsAtOnce)
  const created = changes.filter((change) => change.is_created)
  let kept = await trashCreated(ask, ownerId, created)
  for (const change of changes) {
    if (!change.is_created && !(await revert(ask, which, change))) kept++
  }
  await forgetChanges(
    ask,
    which,
    changes.map(({ contact_id }) => contact_id),
    kept,
  )
  return changes.length > 0
}

/** @returns how many stay because they were changed since */
async function trashCreated(ask: Ask, ownerId: string, changes: ChangeRow[]): Promise<number> {
  const last = new Map(changes.map((change) => [change.contact_id, change.last_modseq]))
  const ids = [...last.keys()]
  let kept = 0
  for (let after = beforeFirstId; ;) {
    const rows = ids.length === 0 ? [] : await findAmong(ask, ownerId, ids, after)
    const end = rows.at(-1)
    if (!end) return kept
    const untouched = rows.filter(({ id, modseq }) => last.get(id) === modseq)
    kept += rows.length - untouched.length
    await trash(ask, ownerId, untouched)
    after = end.id
  }
}

async function trash(ask: Ask, ownerId: string, rows: LabelledRow[]) {
  if (rows.length === 0) return
  const ids = new Set(rows.flatMap((row) => row.label_ids))
  const names = await namesWithRetired(ask, ownerId, [...ids])
  const by = { actorId: ownerId, via: 'import' } as const
  await trashContacts(ask, ownerId, rows, ({ label_ids }) => ({ labelIds: label_ids }), names, by)
}

/** @returns false when it was changed since, and stays */
async function revert(ask: Ask, which: Which, change: ChangeRow): Promise<boolean> {
  const { ownerId } = which
  const current = await findWhole(ask, ownerId, change.contact_id)
  // What is gone need not be reverted; but what was deleted since may come back as it is.
  if (!current) return !(await findWhole(ask, ownerId, change.contact_id, 'trash'))
  if (current.modseq !== change.last_modseq) return false
  const before = await findSnapshotBefore(ask, ownerId, current.id, change.modseq)
  if (!before) return true
  const { contact, labelIds } = readSnapshot(before.contact)
  const known = await labelNames(ask, ownerId, labelIds)
  const edit = () => ({
    contact,
    labelIds: labelIds.filter((id) => known.has(id)),
    card: before.card,
    // Byte for byte as it was.
    ...(before.card !== null && { categories: readCard(before.card).categories }),
  })
  const by = { actorId: ownerId, via: 'import', operation: 'import_undone' } as const
  await ask('savepoint reverting', [])
  try {
    await changeWholeIn(ask, ownerId, current.id, edit, by)
    await forgetFingerprints(ask, which, current.id)
    return true
  } catch (error) {
    if (!(error instanceof AppError)) throw error
    // Its UID is somebody else's by now.
    await ask('rollback to savepoint reverting', [])
    return false
  }
}
