import type { Edit } from './edit.ts'
import { isIdOf } from './label-id.ts'

/** Labels that were made on the server since have other ids than here before; those that are gone are given to nobody. */
export function withKnownLabels<Labelled extends { label_ids?: string[] | null }>(
  edit: Edit,
  labelled: Labelled,
): Labelled {
  if (!labelled.label_ids) return labelled
  const all = [...edit.labels()]
  const known = (id: string) => all.find((label) => isIdOf(label, id))?.id ?? []
  return { ...labelled, label_ids: [...new Set(labelled.label_ids.flatMap(known))] }
}
