import type { Outcome } from '../file/entry.ts'
import { remark, type Remark } from '../remarks/remark.ts'
import type { GroupPlan } from './group-plan.ts'

// What a transaction labels at once.
const membersAtOnce = 100

/** What became of a group so far. */
export type GroupProgress = {
  /** Members that are among the owner's contacts. */
  found: number
  /** Members that did not have the label before. */
  labelled: number
}

export const noProgress: GroupProgress = { found: 0, labelled: 0 }

export function add(one: GroupProgress, other: GroupProgress): GroupProgress {
  return { found: one.found + other.found, labelled: one.labelled + other.labelled }
}

/** The members in parts that one transaction takes; one empty part where there are none. */
export function partsOf(members: readonly string[]): string[][] {
  const parts: string[][] = []
  for (let at = 0; at === 0 || at < members.length; at += membersAtOnce) {
    parts.push(members.slice(at, at + membersAtOnce))
  }
  return parts
}

export function outcomeOf({ labelId, rename }: GroupPlan, { labelled }: GroupProgress): Outcome {
  if (labelId === null) return 'created'
  return labelled > 0 || rename !== null ? 'updated' : 'same'
}

/** What an import tells of a group. @param missing how many members are not among the owner's contacts */
export function remarksOn(
  label: string,
  { found: contacts }: GroupProgress,
  missing: number,
  isDryRun: boolean,
): Remark[] {
  const labelled = remark('group_labelled', { label, contacts })
  if (missing === 0) return [labelled]
  return [
    labelled,
    remark(isDryRun ? 'group_members_new' : 'group_members_missing', { members: missing }),
  ]
}
