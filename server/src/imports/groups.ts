import { lockOwner } from '../contacts/write-queries.ts'
import type { Ask } from '../db/ask.ts'
import type { OpenDatabase } from '../db/database.ts'
import { AppError } from '../errors.ts'
import { labelMembers } from '../labels/membership.ts'
import { labelKey, labelName } from '../labels/name.ts'
import { findLabelsByKey } from '../labels/queries.ts'
import { readCard } from '../vcard/read-card.ts'
import type { Outcome } from './entry.ts'
import { findByUids, planAnew, uidKey, type FoundRow } from './find-contacts.ts'
import {
  findGroup,
  findNewLabels,
  insertChanges,
  lockRunning,
  noteProgress,
  settleGroup,
} from './queries.ts'
import { NotOurs, type Run } from './write-batch.ts'

// What a transaction labels at once.
const membersAtOnce = 100

/** A group, and what has become of it so far. */
type Settling = { name: string; known: number; labelled: number; isNew: boolean }

/** Gives the groups of a file to their members, as labels, once all contacts are there. */
export async function settleGroups(
  database: Pick<OpenDatabase, 'read' | 'transaction'>,
  run: Run,
  isDryRun: boolean,
  signal: AbortSignal,
) {
  for (;;) {
    const group = await findGroup(database.read, run)
    if (!group) return
    const text = JSON.parse(group.source) as string
    const members = [...new Set(readCard(text).members.map(uidKey))]
    const settling = { name: group.name, known: 0, labelled: 0, isNew: false }
    let failure: string | null = null
    try {
      for (let at = 0; at === 0 || at < members.length; at += membersAtOnce) {
        signal.throwIfAborted()
        const some = members.slice(at, at + membersAtOnce)
        await database.transaction((ask) => settleSome(ask, run, settling, some, isDryRun))
      }
    } catch (error) {
      if (!(error instanceof AppError)) throw error
      failure = error.message
    }
    const unknown = members.length - settling.known
    const outcome = failure === null ? outcomeOf(settling) : 'failed'
    const reason = failure ?? sentenceFor(settling, unknown, isDryRun)
    // A group that is not whole yet is kept as it came.
    const source = failure === null && unknown === 0 ? null : group.source
    await database.transaction(async (ask) => {
      await requireRunning(ask, run)
      await settleGroup(ask, run, group.number, { outcome, reason, source })
      const counts = { created: 0, updated: 0, same: 0, failed: 0, [outcome]: 1 }
      await noteProgress(ask, run, { ...counts, done: 0, newLabelIds: [] })
    })
  }
}

async function settleSome(
  ask: Ask,
  run: Run,
  settling: Settling,
  members: string[],
  isDryRun: boolean,
) {
  const { ownerId } = run
  await planAnew(ask)
  if (!isDryRun) await lockOwner(ask, ownerId)
  await requireRunning(ask, run)
  const rows = [...(await findByUids(ask, ownerId, members))]
  const found = members.flatMap((key) => rows.find(([uid]) => uid === key)?.[1] ?? [])
  const contacts = [...new Map(found.map((row) => [row.id, row])).values()]
  settling.known += found.length
  const key = labelKey(labelName(settling.name) ?? '')
  if (isDryRun) {
    const [label] = await findLabelsByKey(ask, ownerId, [key])
    settling.isNew ||= label === undefined
    settling.labelled += contacts.filter(
      ({ label_ids }) => !label || !label_ids.includes(label.id),
    ).length
    return
  }
  const by = { actorId: ownerId, via: 'import' } as const
  const ids = contacts.map(({ id }) => id)
  settling.labelled += await labelMembers(ask, ownerId, settling.name, ids, by)
  await noteChanges(ask, run, contacts)
  const labels = await findLabelsByKey(ask, ownerId, [key])
  const newLabelIds = await findNewLabels(
    ask,
    ownerId,
    labels.map(({ id }) => id),
  )
  settling.isNew ||= newLabelIds.length > 0
  const nothing = { created: 0, updated: 0, same: 0, failed: 0, done: 0 }
  await noteProgress(ask, run, { ...nothing, newLabelIds })
}

async function noteChanges(ask: Ask, run: Run, before: readonly FoundRow[]) {
  const modseqs = new Map(before.map(({ id, modseq }) => [id, modseq]))
  const rows = await ask<{ id: string; modseq: number }>(
    'select id, modseq from contacts where owner_id = $1 and id = any ($2::uuid[])',
    [run.ownerId, [...modseqs.keys()]],
  )
  const changes = rows.flatMap(({ id, modseq }) => {
    const earlier = modseqs.get(id) ?? 0
    return modseq === earlier ? [] : [{ contactId: id, isCreated: false, modseq, before: earlier }]
  })
  await insertChanges(ask, run, changes)
}

async function requireRunning(ask: Ask, run: Run) {
  if ((await lockRunning(ask, run)) !== run.done) throw new NotOurs()
}

function outcomeOf({ isNew, labelled }: Settling): Outcome {
  if (isNew) return 'created'
  return labelled > 0 ? 'updated' : 'same'
}

function sentenceFor({ name, known }: Settling, unknown: number, isDryRun: boolean): string {
  const label = `A group: ${count(known, 'contact has', 'contacts have')} the label “${name}”.`
  const others = count(unknown, 'member is', 'members are')
  if (unknown === 0) return label
  return isDryRun
    ? `${label} ${others} among the new contacts of this file, or not known.`
    : `${label} ${others} not among your contacts.`
}

function count(number: number, one: string, many: string): string {
  return `${number} ${number === 1 ? one : many}`
}
