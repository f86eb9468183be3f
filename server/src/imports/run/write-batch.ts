import type { LockedBook } from '../../contacts/store/locked-book.ts'
import { useGenericPlans } from '../../db/generic-plans.ts'
import { findOrCreateLabels } from '../../labels/find-or-create.ts'
import { recordChanges } from '../change-queries.ts'
import { insertReports } from '../entry-queries.ts'
import {
  coloursOf,
  fingerprintOf,
  isContact,
  isFailed,
  labelNamesOf,
  type Entry,
} from '../file/entry.ts'
import { decide } from '../match/decide.ts'
import { createEarlierEntries } from '../match/earlier-entries.ts'
import { findFingerprints, recordFingerprints } from '../match/fingerprints.ts'
import { labelledEntries } from '../match/labelled-entries.ts'
import { failBlankRows } from './blank-rows.ts'
import { reportOfOther } from './reports.ts'
import { findNewLabels, addProgress } from './run-queries.ts'
import { requireRunning, type Run } from './run.ts'
import { writeDecisions } from './write-decisions.ts'

/**
 * Writes the next entries of a file, or as many of them as can be decided at once, with their reports
 * and the import's progress, all in one transaction.
 * @returns how many entries were written, one at least
 * @throws {ImportTakenOver}
 */
export async function writeBatch(
  book: LockedBook,
  run: Run,
  batch: readonly Entry[],
): Promise<number> {
  const { ask, ownerId } = book
  await useGenericPlans(ask)
  await requireRunning(ask, run)
  const entries = await failBlankRows(ask, ownerId, batch)
  const contacts = entries.filter(isContact)
  const known = await findFingerprints(ask, ownerId, contacts.map(fingerprintOf))
  const others = contacts.filter((entry) => !known.has(fingerprintOf(entry)))
  const names = others.flatMap(labelNamesOf)
  const labels = await findOrCreateLabels(book, names, coloursOf(others))
  const given = await labelledEntries(ask, ownerId, contacts, labels)
  const decisions = await decide(
    ask,
    { ...run, fingerprints: known },
    given,
    createEarlierEntries(),
    true,
  )
  const taken = takenOf(entries, decisions.length)
  const written = await writeDecisions(book, decisions, labels)
  await recordFingerprints(
    ask,
    run,
    written.fingerprints.filter(({ fingerprint }) => !known.has(fingerprint)),
  )
  await recordChanges(ask, run, written.changes)
  const reports = [...taken.flatMap((entry) => reportOfOther(entry) ?? []), ...written.reports]
  await insertReports(ask, run, reports)
  const failed = taken.filter(isFailed).length + written.counts.failed
  const labelIds = new Set([...labels.values()].map(({ id }) => id))
  await addProgress(ask, run, {
    ...written.counts,
    failed,
    done: taken.length,
    newLabelIds: await findNewLabels(ask, ownerId, [...labelIds]),
  })
  return taken.length
}

/** The entries up to the last contact that was decided, and the other ones directly behind it. */
function takenOf(entries: readonly Entry[], decided: number): Entry[] {
  let contacts = 0
  const end = entries.findIndex((entry) => isContact(entry) && ++contacts > decided)
  return end < 0 ? [...entries] : entries.slice(0, end)
}
