import { lockOwner } from '../../contacts/store/write-one.ts'
import type { Ask } from '../../db/ask.ts'
import { findOrCreateLabels } from '../../labels/find-or-create.ts'
import { recordChanges } from '../change-queries.ts'
import { decide } from '../match/decide.ts'
import { insertReports } from '../entry-queries.ts'
import { fingerprintOf, isContact, isFailed, labelNamesOf, type Entry } from '../file/entry.ts'
import { useGenericPlans } from '../../db/generic-plans.ts'
import { labelledEntries } from '../match/labelled-entries.ts'
import { findNewLabels, noteProgress } from '../queries.ts'
import { reportOther } from './reports.ts'
import { requireRunning, type Run } from './run.ts'
import { createEarlierEntries } from '../match/earlier-entries.ts'
import { findFingerprints, recordFingerprints } from '../match/fingerprints.ts'
import { writeDecisions } from './write-decisions.ts'

/**
 * Writes the next entries of a file, or as many of them as can be judged at once, with all that is
 * told of them and how far the import is: all together, in the transaction that `ask` stands in.
 * @returns how many entries were written, one at least
 * @throws {NotOurs}
 */
export async function writeBatch(ask: Ask, run: Run, entries: readonly Entry[]): Promise<number> {
  const { ownerId } = run
  await useGenericPlans(ask)
  await lockOwner(ask, ownerId)
  await requireRunning(ask, run)
  const contacts = entries.filter(isContact)
  const sources = await findFingerprints(ask, ownerId, contacts.map(fingerprintOf))
  const news = contacts.filter((entry) => !sources.has(fingerprintOf(entry)))
  const labels = await findOrCreateLabels(ask, ownerId, news.flatMap(labelNamesOf))
  const of = { ...run, sources }
  const given = await labelledEntries(ask, ownerId, contacts, labels)
  const decisions = await decide(ask, of, given, createEarlierEntries(), true)
  const taken = takenOf(entries, decisions.length)
  const written = await writeDecisions(ask, ownerId, decisions, labels)
  await recordFingerprints(
    ask,
    run,
    written.sources.filter((source) => !sources.has(source.fingerprint)),
  )
  await recordChanges(ask, run, written.changes)
  const reports = [...taken.flatMap((entry) => reportOther(entry) ?? []), ...written.reports]
  await insertReports(ask, run, reports)
  const failed = taken.filter(isFailed).length + written.counts.failed
  const labelIds = new Set([...labels.values()].map(({ id }) => id))
  await noteProgress(ask, run, {
    ...written.counts,
    failed,
    done: taken.length,
    newLabelIds: await findNewLabels(ask, ownerId, [...labelIds]),
  })
  return taken.length
}

/** Entries up to the last contact that was decided, and what follows it but is no contact. */
function takenOf(entries: readonly Entry[], decided: number): Entry[] {
  let contacts = 0
  const end = entries.findIndex((entry) => isContact(entry) && ++contacts > decided)
  return end < 0 ? [...entries] : entries.slice(0, end)
}
