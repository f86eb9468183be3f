import type { LabelledValue } from '../../book/contact.ts'
import { oneLine } from '../../book/text.ts'
import { valueOf } from '../lines/lines.ts'
import { readText, splitValue } from '../lines/text-value.ts'
import { readCardDate } from './card-date.ts'
import { canonicalLabel } from './label-forms.ts'
import type { Source } from './list-codec.ts'

/** Android's property for rows that no standard has: `vnd.android.cursor.item/KIND;value;type;label`. */
export const androidCustom = 'X-ANDROID-CUSTOM'

/** What such a line holds, as far as contacts have a field for it. */
export type AndroidRow =
  | { field: 'nickname'; text: string }
  | { field: 'dates' | 'relations'; item: LabelledValue }

// The types of ContactsContract.CommonDataKinds.Event and Relation; 0 has a label of its own.
const eventLabels = ['', 'anniversary', 'other', 'birthday']
const relationLabels = [
  '',
  'assistant',
  'brother',
  'child',
  'domestic partner',
  'father',
  'friend',
  'manager',
  'mother',
  'parent',
  'partner',
  'referred by',
  'relative',
  'sister',
  'spouse',
]

export function readAndroidRow({ line, coding }: Source): AndroidRow | null {
  const parts = splitValue(valueOf(line), ';').map((part) => oneLine(readText(part, coding)))
  const kind = /^vnd\.android\.cursor\.item\/(\w{1,40})$/.exec(parts[0] ?? '')?.[1]
  const [, value, type, label] = parts
  if (!value) return null
  const labelIn = (labels: string[]) => canonicalLabel(labels[Number(type)] || (label ?? null))
  if (kind === 'nickname') return { field: 'nickname', text: value }
  if (kind === 'relation') {
    return { field: 'relations', item: { label: labelIn(relationLabels), value } }
  }
  if (kind !== 'contact_event') return null
  const date = readCardDate(value) ?? value
  return { field: 'dates', item: { label: labelIn(eventLabels), value: date } }
}
