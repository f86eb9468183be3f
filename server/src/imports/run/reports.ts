import { labelName } from '../../book/label-name.ts'
import type { Report } from '../entry-queries.ts'
import { labelNamesOf, sourceOf, type ContactEntry, type Entry } from '../file/entry.ts'
import type { Decision } from '../match/decide.ts'

/**
 * The report of an imported entry; none if it was simply added.
 * @param missing names of labels that the contact could not get
 */
export function reportsOf(
  decision: Decision,
  contactId: string | null,
  missing: readonly string[],
): Report[] {
  const report = reportOf(decision, contactId, missing)
  return report.outcome === 'created' && report.reason === null ? [] : [report]
}

/** The report of an entry that is a contact. @param missing as above */
export function reportOf(
  decision: Decision,
  contactId: string | null,
  missing: readonly string[],
): Report {
  const { entry, outcome } = decision
  const remarks = [
    ...(entry.remark ? [entry.remark] : []),
    ...(outcome === 'created' && decision.isUidTaken ? [uidTaken] : []),
    ...(missing.length > 0
      ? [`There are too many labels: it did not get ${missing.slice(0, 10).join(', ')}.`]
      : []),
  ]
  const reason = remarks.join(' ') || null
  const { number, name } = entry
  return { number, outcome, contactId, name, reason, source: null }
}

const uidTaken =
  'An earlier entry of this file has the same UID but says something else, so this one became a ' +
  'contact of its own, with another UID.'

/** The report of an entry that is no contact. */
export function reportOfOther(entry: Entry): Report | null {
  if (entry.kind === 'card' || entry.kind === 'row') return null
  const { number, name } = entry
  const report = { number, contactId: null, name }
  return entry.kind === 'failed'
    ? { ...report, outcome: 'failed', reason: entry.reason, source: JSON.stringify(entry.source) }
    : { ...report, outcome: 'group', reason: null, source: JSON.stringify(entry.text) }
}

/** The report of an entry that its contact could not take. */
export function failedReport(entry: ContactEntry, contactId: string, reason: string): Report {
  const { number, name } = entry
  const source = JSON.stringify(sourceOf(entry))
  return { number, outcome: 'failed', contactId, name, reason, source }
}

/** The names of labels that an entry brings and its contact did not get. */
export function missingLabels(
  entry: ContactEntry,
  labels: ReadonlyMap<string, { id: string }>,
  labelIds: readonly string[],
): string[] {
  const given = new Set(labelIds)
  return labelNamesOf(entry).filter((name) => {
    const label = labels.get(name)
    return labelName(name) !== null && !(label && (given.size === 0 || given.has(label.id)))
  })
}
