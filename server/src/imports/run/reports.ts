import { labelName } from '../../book/label-name.ts'
import type { Report } from '../entry-queries.ts'
import { labelNamesOf, sourceOf, type ContactEntry, type Entry } from '../file/entry.ts'
import type { Decision } from '../match/decide.ts'
import { remark, type Remark } from '../remarks/remark.ts'

const maxNamedLabels = 10
const uidTakenBy = { entry: 'uid_repeated', group: 'uid_of_group' } as const

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
  return report.outcome === 'created' && report.remarks.length === 0 ? [] : [report]
}

/** The report of an entry that is a contact. @param missing as above */
export function reportOf(
  decision: Decision,
  contactId: string | null,
  missing: readonly string[],
): Report {
  const { entry, outcome } = decision
  const remarks = [
    ...entry.remarks,
    ...(outcome === 'created' && decision.uidHolder
      ? [remark(uidTakenBy[decision.uidHolder])]
      : []),
    ...(missing.length > 0
      ? [remark('labels_left_out', { names: missing.slice(0, maxNamedLabels) })]
      : []),
  ]
  const { number, name } = entry
  return { number, outcome, contactId, name, remarks, source: null }
}

/** The report of an entry that is no contact. */
export function reportOfOther(entry: Entry): Report | null {
  if (entry.kind === 'card' || entry.kind === 'row') return null
  const { number, name } = entry
  const report = { number, contactId: null, name }
  return entry.kind === 'failed'
    ? {
        ...report,
        outcome: 'failed',
        remarks: [entry.remark],
        source: JSON.stringify(entry.source),
      }
    : { ...report, outcome: 'group', remarks: [], source: JSON.stringify(entry.text) }
}

/** The report of an entry that its contact could not take. */
export function failedReport(entry: ContactEntry, contactId: string, why: Remark): Report {
  const { number, name } = entry
  const source = JSON.stringify(sourceOf(entry))
  return { number, outcome: 'failed', contactId, name, remarks: [why], source }
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
