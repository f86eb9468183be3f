import { fold } from '../book/fold.ts'
import { presentContact } from '../contacts/present.ts'
import { fromColumns } from '../contacts/store/columns.ts'
import type { CardedRow, WholeRow } from '../contacts/store/rows.ts'
import { fullName } from '../vcard/fields/full-name.ts'
import type { DuplicateGroup, DuplicateReason } from './schema.ts'
import type { Group } from './store/group-queries.ts'
import type { Pair } from './store/pair-queries.ts'
import { suggestMerge } from './suggest-merge.ts'
import { writtenValue } from './written-value.ts'

/**
 * A group as it is shown, with what speaks for it.
 * @param rows its contacts
 * @param pairs those among them
 * @param labelNames of their labels
 */
export function presentGroup(
  { id, score }: Pick<Group, 'id' | 'score'>,
  rows: readonly CardedRow[],
  pairs: readonly Pair[],
  labelNames: ReadonlyMap<string, string>,
): DuplicateGroup {
  return {
    id,
    score,
    reasons: reasonsOf(rows, pairs),
    contacts: rows.map(presentContact),
    ...suggestMerge(rows, labelNames),
  }
}

const kinds = ['email', 'phone', 'name', 'birthday', 'company', 'address'] as const

/** Each reason once, with all contacts that it is about. */
function reasonsOf(rows: readonly WholeRow[], pairs: readonly Pair[]): DuplicateReason[] {
  const reasons = new Map<string, DuplicateReason & { ids: Set<string> }>()
  for (const { one_id, other_id, reasons: found } of pairs) {
    for (const { kind, value } of found) {
      // Names that are alike are written differently: together they are one reason.
      const key = kind === 'name' ? kind : `${kind} ${value}`
      const reason = reasons.getOrInsertComputed(key, () => ({
        kind,
        value,
        contacts: [],
        ids: new Set(),
      }))
      reason.ids.add(one_id).add(other_id)
    }
  }
  return [...reasons.values()]
    .toSorted((one, other) => kinds.indexOf(one.kind) - kinds.indexOf(other.kind))
    .map(({ kind, value, ids }) => {
      const about = rows.filter(({ id }) => ids.has(id))
      return {
        kind,
        value: kind === 'name' ? namesOf(about) : writtenValue(kind, value, about),
        contacts: about.map(({ id }) => id),
      }
    })
}

/** The names, each spelling once. */
function namesOf(rows: readonly WholeRow[]): string {
  const names = new Map<string, string>()
  for (const row of rows) {
    const name = fullName(fromColumns(row))
    if (!names.has(fold(name))) names.set(fold(name), name)
  }
  return [...names.values()].join(' · ')
}
