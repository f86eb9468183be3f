import { labelKey, labelName } from '../../book/label-name.ts'
import type { Ask } from '../../db/ask.ts'
import { useGenericPlans } from '../../db/generic-plans.ts'
import { findLabelsByKey } from '../../labels/queries.ts'
import { insertReports, type Report } from '../entry-queries.ts'
import { fingerprintOf, isContact, isFailed, labelNamesOf, type Entry } from '../file/entry.ts'
import { contactIdOf, decide } from '../match/decide.ts'
import type { EarlierEntries } from '../match/earlier-entries.ts'
import { findFingerprints } from '../match/fingerprints.ts'
import { labelledEntries } from '../match/labelled-entries.ts'
import { previewSize } from '../preview-size.ts'
import { failBlankRows } from './blank-rows.ts'
import { reportOf, reportOfOther, reportsOf } from './reports.ts'
import { addProgress } from './run-queries.ts'
import { noCounts, requireRunning, type Run } from './run.ts'

/**
 * Reports what would become of the next entries of a file, and how far the preview has come.
 * @returns how many entries there were
 * @throws {ImportTakenOver}
 */
export async function previewBatch(
  ask: Ask,
  run: Run,
  batch: readonly Entry[],
  earlier: EarlierEntries,
): Promise<number> {
  await useGenericPlans(ask)
  await requireRunning(ask, run)
  const entries = await failBlankRows(ask, run.ownerId, batch)
  const contacts = entries.filter(isContact)
  const labels = await foreseenLabels(ask, run.ownerId, contacts.flatMap(labelNamesOf))
  const fingerprints = await findFingerprints(ask, run.ownerId, contacts.map(fingerprintOf))
  const given = await labelledEntries(ask, run.ownerId, contacts, labels)
  const decisions = await decide(ask, { ...run, fingerprints }, given, earlier, false)
  const counts = noCounts()
  const reports: Report[] = entries.flatMap((entry) => reportOfOther(entry) ?? [])
  for (const decision of decisions) {
    counts[decision.outcome]++
    const contactId = contactIdOf(decision)
    if (decision.entry.number <= previewSize) reports.push(reportOf(decision, contactId, []))
    else reports.push(...reportsOf(decision, contactId, []))
  }
  counts.failed = entries.filter(isFailed).length
  await insertReports(ask, run, reports)
  await addProgress(ask, run, { ...counts, done: entries.length, newLabelIds: [] })
  return entries.length
}

/** A preview creates no labels: one that it would create has a made-up id. */
async function foreseenLabels(
  ask: Ask,
  ownerId: string,
  given: readonly string[],
): Promise<Map<string, { id: string; name: string }>> {
  const keys = new Map(
    given.flatMap((name): [string, string][] => {
      const clean = labelName(name)
      return clean === null ? [] : [[name, labelKey(clean)]]
    }),
  )
  if (keys.size === 0) return new Map()
  const found = await findLabelsByKey(ask, ownerId, [...new Set(keys.values())])
  const ids = new Map(found.map(({ key, id }) => [key, id]))
  return new Map([...keys].map(([name, key]) => [name, { id: ids.get(key) ?? `new ${key}`, name }]))
}
