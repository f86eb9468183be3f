import { maxLabelsOfContact } from '../book/contact.ts'
import { lists, textFields } from '../book/fields.ts'
import { presentContact } from '../contacts/present.ts'
import type { ContactAnswer } from '../contacts/schema.ts'
import { fromColumns, personColumns } from '../contacts/store/columns.ts'
import type { CardedRow, WholeRow } from '../contacts/store/rows.ts'
import { AppError } from '../errors.ts'
import { joinedFields } from '../merges/merged-contact.ts'
import { mergedAsStored, presentMerged } from '../merges/preview.ts'
import type { DuplicateGroup } from './schema.ts'

type LabelNames = ReadonlyMap<string, string>

/** What contacts would become, and why a merge of them would be refused as they are. */
export type Suggestion = Pick<DuplicateGroup, 'suggested' | 'refusal'>

/**
 * The contact that the others would best be merged into, as it would be after that: the one that says
 * most, since its spelling, its card and the order of its values stay; of equal ones the oldest, which
 * other programs have known for longest.
 */
export function suggestMerge(rows: readonly CardedRow[], labelNames: LabelNames): Suggestion {
  const [into, ...others] = rows.toSorted(
    (one, other) => fullness(other) - fullness(one) || one.created_modseq - other.created_modseq,
  )
  if (!into) throw new Error('a group has contacts')
  try {
    const merged = mergedAsStored({ into, others, labelNames })
    return { suggested: presentMerged({ into, others, merged }), refusal: null }
  } catch (error) {
    if (!(error instanceof AppError)) throw error
    const { code, message: detail, errors } = error
    const refusal = { code, detail, ...(errors && { errors }) }
    return { suggested: withoutLimits(into, others), refusal }
  }
}

/** What is too much for one contact: its owner sees all of it, to choose from. */
function withoutLimits(into: WholeRow, others: readonly WholeRow[]): ContactAnswer {
  const labelIds = [into, ...others].flatMap((row) => row.label_ids)
  return presentContact({
    ...into,
    ...personColumns(joinedFields(into, others), null),
    label_ids: [...new Set(labelIds)].slice(0, maxLabelsOfContact),
  })
}

/** How many values a contact has. */
function fullness(row: WholeRow): number {
  const contact = fromColumns(row)
  const texts = textFields.filter((field) => contact[field] !== null).length
  const items = lists.reduce((sum, list) => sum + contact[list].length, 0)
  return texts + items + row.label_ids.length + (row.photo_hash === null ? 0 : 1)
}
