import { useGenericPlans } from '../../db/generic-plans.ts'
import { uidKey } from '../../book/uid.ts'
import type { WholeRow } from '../../contacts/store/rows.ts'
import { lockOwner } from '../../contacts/store/write-one.ts'
import type { Ask } from '../../db/ask.ts'
import type { OpenDatabase } from '../../db/database.ts'
import { AppError } from '../../errors.ts'
import { contactFormats } from '../../book/formats.ts'
import { findGroup, saveGroup, type GroupCard } from '../../labels/group-cards.ts'
import { labelMembers } from '../../labels/membership.ts'
import { labelKey, labelName } from '../../book/label-name.ts'
import {
  findLabel,
  findLabelsByKey,
  markForPropagation,
  updateLabel,
} from '../../labels/queries.ts'
import { propagateLabel } from '../../labels/propagate-label.ts'
import { readCard } from '../../vcard/read-card.ts'
import type { Outcome } from '../file/entry.ts'
import { findMembers } from '../../contacts/store/find-by-uid.ts'
import { fingerprintCard } from '../file/fingerprint.ts'
import { recordChanges } from '../change-queries.ts'
import { findGroupEntry, finishGroupEntry } from '../entry-queries.ts'
import { findNewLabels, lockRunning, noteProgress } from '../queries.ts'
import { ImportTakenOver, type Run } from './run.ts'

// What a transaction labels at once.
const membersAtOnce = 100

/** A group, and what has become of it so far. */
type GroupProgress = {
  group: GroupCard & { number: number; members: string[] }
  /** Whether an import has said all of it before. */
  isSaid: boolean
  /** As its label is called. */
  label: string
  /** What the label was called before the group got another name. */
  renamedFrom: string | null
  /** Members that it has not named before: others may have lost the label here since. */
  news: ReadonlySet<string>
  known: number
  labelled: number
  isNew: boolean
}

/** Gives the groups of a file to their members, as labels, once all contacts are there. */
export async function spreadGroups(
  database: Pick<OpenDatabase, 'read' | 'transaction'>,
  run: Run,
  isDryRun: boolean,
  signal: AbortSignal,
) {
  for (;;) {
    const found = await findGroupEntry(database.read, run)
    if (!found) return
    const group = groupOf(found)
    const { members } = group
    const settling = await database.transaction((ask) => begin(ask, run, group, isDryRun))
    if (!isDryRun) await tellRenamed(database, run, settling, signal)
    let failure: string | null = null
    try {
      for (let at = 0; at === 0 || at < members.length; at += membersAtOnce) {
        signal.throwIfAborted()
        const some = members.slice(at, at + membersAtOnce)
        await database.transaction((ask) => spreadBatch(ask, run, settling, some, isDryRun))
      }
    } catch (error) {
      if (!(error instanceof AppError)) throw error
      failure = error.message
    }
    const outcome = failure === null ? outcomeOf(settling) : 'failed'
    const reason = failure ?? sentenceFor(settling, members.length - settling.known, isDryRun)
    const source = failure === null ? null : found.source
    await database.transaction(async (ask) => {
      await lockOwner(ask, run.ownerId)
      await requireRunning(ask, run)
      if (failure === null && !isDryRun) await keepGroup(ask, run, settling)
      await finishGroupEntry(ask, run, group.number, { outcome, reason, source })
      const counts = { created: 0, updated: 0, same: 0, failed: 0, [outcome]: 1 }
      await noteProgress(ask, run, { ...counts, done: 0, newLabelIds: [] })
    })
  }
}

function groupOf({ number, name, source }: { number: number; name: string; source: string }) {
  const card = JSON.parse(source) as string
  const { uid, version, members } = readCard(card)
  return {
    number,
    name,
    card,
    version: version ?? '2.1',
    uidKey: uid && uidKey(uid),
    fingerprint: fingerprintCard(card, uid, []).fingerprint,
    members: [...new Set(members.map(uidKey))],
    labelId: '',
  }
}

/**
 * Finds out which label a group is, by what was said before, by its UID and else by its name, and
 * gives that its new name.
 */
async function begin(
  ask: Ask,
  run: Run,
  group: GroupProgress['group'],
  isDryRun: boolean,
): Promise<GroupProgress> {
  const { ownerId } = run
  if (!isDryRun) await lockOwner(ask, ownerId)
  await requireRunning(ask, run)
  const known = await findGroup(ask, ownerId, group)
  const isSaid = known?.fingerprint === group.fingerprint
  const settling = { group, isSaid, known: 0, labelled: 0, isNew: false, renamedFrom: null }
  // One that we made ourselves has the id of its label.
  const own = !known && contactFormats.uuid.isValid(group.uidKey ?? '')
  const ours = own ? await findLabel(ask, ownerId, group.uidKey ?? '') : undefined
  if (ours) return { ...settling, label: ours.name, news: new Set(group.members) }
  // Two groups of one file are two, whatever their UIDs.
  if (!known || (!isSaid && known.importId === run.importId)) {
    const stranger = { ...group, uidKey: known ? null : group.uidKey }
    return { ...settling, group: stranger, label: group.name, news: new Set(group.members) }
  }
  const earlier = new Set(isSaid ? group.members : readCard(known.card).members.map(uidKey))
  const news = new Set(group.members.filter((member) => !earlier.has(member)))
  const key = keyOf(group.name)
  const isRenamed = key !== keyOf(known.name) && key !== keyOf(known.labelName)
  if (!isRenamed) return { ...settling, label: known.labelName, news }
  const [other] = await findLabelsByKey(ask, ownerId, [key])
  if (other) return { ...settling, label: other.name, news: new Set(group.members) }
  const label = labelName(group.name) ?? known.labelName
  if (!isDryRun) {
    const { labelId: id, colour } = known
    await updateLabel(ask, ownerId, { id, name: label, key, colour })
    await markForPropagation(ask, ownerId, id)
  }
  return {
    ...settling,
    label: isDryRun ? known.labelName : label,
    renamedFrom: known.labelName,
    news,
  }
}

/** Contacts hear of a label's new name from the import, which can so be undone. */
async function tellRenamed(
  database: Pick<OpenDatabase, 'read' | 'transaction'>,
  run: Run,
  { label }: GroupProgress,
  signal: AbortSignal,
) {
  const { ownerId } = run
  const told = (ask: Ask, before: readonly WholeRow[]) => recordGroupChanges(ask, run, before)
  for (const { id } of await findLabelsByKey(database.read, ownerId, [keyOf(label)])) {
    await propagateLabel(database, { ownerId, labelId: id, actorId: ownerId, told }, { signal })
  }
}

async function spreadBatch(
  ask: Ask,
  run: Run,
  settling: GroupProgress,
  members: string[],
  isDryRun: boolean,
) {
  const { ownerId } = run
  const { label, news } = settling
  await useGenericPlans(ask)
  if (!isDryRun) await lockOwner(ask, ownerId)
  await requireRunning(ask, run)
  const found = await findMembers(ask, ownerId, members)
  settling.known += found.size
  const wanted = [...found].flatMap(([member, row]) => (news.has(member) ? [row] : []))
  const contacts = [...new Map(wanted.map((row) => [row.id, row])).values()]
  if (isDryRun) {
    const [there] = await findLabelsByKey(ask, ownerId, [keyOf(label)])
    settling.isNew ||= there === undefined
    settling.labelled += contacts.filter(
      ({ label_ids }) => !there || !label_ids.includes(there.id),
    ).length
    return
  }
  const by = { actorId: ownerId, via: 'import' } as const
  const ids = contacts.map(({ id }) => id)
  settling.labelled += await labelMembers(ask, ownerId, label, ids, by)
  await recordGroupChanges(ask, run, contacts)
  const labels = await findLabelsByKey(ask, ownerId, [keyOf(label)])
  const newLabelIds = await findNewLabels(
    ask,
    ownerId,
    labels.map(({ id }) => id),
  )
  settling.isNew ||= newLabelIds.length > 0
  const nothing = { created: 0, updated: 0, same: 0, failed: 0, done: 0 }
  await noteProgress(ask, run, { ...nothing, newLabelIds })
}

/** For its way out, and for members that come later. */
async function keepGroup(ask: Ask, run: Run, { group, isSaid, label, renamedFrom }: GroupProgress) {
  if (isSaid) return
  const [there] = await findLabelsByKey(ask, run.ownerId, [keyOf(label)])
  if (there) await saveGroup(ask, run, { ...group, labelId: there.id, renamedFrom }, group.members)
}

async function recordGroupChanges(ask: Ask, run: Run, before: readonly WholeRow[]) {
  const modseqs = new Map(before.map(({ id, modseq }) => [id, modseq]))
  const rows = await ask<{ id: string; modseq: number }>(
    'select id, modseq from contacts where owner_id = $1 and id = any ($2::uuid[])',
    [run.ownerId, [...modseqs.keys()]],
  )
  const changes = rows.flatMap(({ id, modseq }) => {
    const earlier = modseqs.get(id) ?? 0
    return modseq === earlier ? [] : [{ contactId: id, isCreated: false, modseq, before: earlier }]
  })
  await recordChanges(ask, run, changes)
}

async function requireRunning(ask: Ask, run: Run) {
  if ((await lockRunning(ask, run)) !== run.done) throw new ImportTakenOver()
}

function outcomeOf({ isNew, labelled, renamedFrom }: GroupProgress): Outcome {
  if (isNew) return 'created'
  return labelled > 0 || renamedFrom !== null ? 'updated' : 'same'
}

function sentenceFor({ label, known }: GroupProgress, unknown: number, isDryRun: boolean): string {
  const members = `A group: ${count(known, 'contact has', 'contacts have')} the label “${label}”.`
  const others = count(unknown, 'member is', 'members are')
  if (unknown === 0) return members
  const later = unknown === 1 ? 'it gets it when it comes' : 'they get it when they come'
  return isDryRun
    ? `${members} ${others} among the new contacts of this file, or not known.`
    : `${members} ${others} not among your contacts: ${later}.`
}

function keyOf(name: string): string {
  return labelKey(labelName(name) ?? '')
}

function count(number: number, one: string, many: string): string {
  return `${number} ${number === 1 ? one : many}`
}
