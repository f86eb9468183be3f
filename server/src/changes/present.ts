import { presentContact, presentSimple } from '../contacts/present.ts'
import type { ContactAnswer, SimpleContact } from '../contacts/schema.ts'
import type { ChangeRow, ShownView } from './queries.ts'
import type { ChangedLabel } from './schema.ts'

/** A change as one line says it. */
export type Line =
  | { contact: SimpleContact | ContactAnswer }
  | { removed: string }
  | { label: ChangedLabel }
  | { removed_label: string }

export function presentChange(row: ChangeRow<ShownView>, view: ShownView): Line {
  const { kind, changed_id: id, label_name: name, label_colour: colour } = row
  if (kind === 'removed') return { removed: id }
  if (kind === 'label') return { label: { id, name, colour } }
  if (kind === 'removed_label') return { removed_label: id }
  return { contact: isWhole(row, view) ? presentContact(row) : presentSimple(row) }
}

function isWhole(row: ChangeRow<ShownView>, view: ShownView): row is ChangeRow<'full'> {
  return view === 'full'
}
