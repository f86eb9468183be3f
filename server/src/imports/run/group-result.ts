import type { Outcome } from '../file/entry.ts'
import type { GroupPlan } from './group-plan.ts'

// What a transaction labels at once.
const membersAtOnce = 100

/** What became of a group so far. */
export type GroupProgress = {
  /** Members that are among the owner's contacts. */
  found: number
  /** Members that did not have the label before. */
  labelled: number
  /** Whether its label is a new one. */
  isNew: boolean
}

export const noProgress: GroupProgress = { found: 0, labelled: 0, isNew: false }

export function add(one: GroupProgress, other: GroupProgress): GroupProgress {
  return {
    found: one.found + other.found,
    labelled: one.labelled + other.labelled,
    isNew: one.isNew || other.isNew,
  }
}

/** The members in parts that one transaction takes; one empty part where there are none. */
export function partsOf(members: readonly string[]): string[][] {
  const parts: string[][] = []
  for (let at = 0; at === 0 || at < members.length; at += membersAtOnce) {
    parts.push(members.slice(at, at + membersAtOnce))
  }
  return parts
}

export function outcomeOf({ rename }: GroupPlan, { isNew, labelled }: GroupProgress): Outcome {
  if (isNew) return 'created'
  return labelled > 0 || rename !== null ? 'updated' : 'same'
}

/** The sentence that an import reports of a group. */
export function sentenceFor(
  label: string,
  { found }: GroupProgress,
  missing: number,
  isDryRun: boolean,
): string {
  const members = `A group: ${count(found, 'contact has', 'contacts have')} the label “${label}”.`
  if (missing === 0) return members
  const others = count(missing, 'member is', 'members are')
  const later = missing === 1 ? 'it gets it when it comes' : 'they get it when they come'
  return isDryRun
    ? `${members} ${others} among the new contacts of this file, or not known.`
    : `${members} ${others} not among your contacts: ${later}.`
}

function count(number: number, one: string, many: string): string {
  return `${number} ${number === 1 ? one : many}`
}
