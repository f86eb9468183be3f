import { createPace } from '../pace.ts'
import type { Changes } from './changes.ts'
import { toToken } from './position.ts'
import { presentChange } from './present.ts'
import type { View } from './queries.ts'
import type { ChangesAnswer } from './schema.ts'

/** Changes as one answer, sorted by what they are about. */
export async function presentChanges(
  { rows, next, hasMore }: Changes<View>,
  total: number,
  view: View,
): Promise<ChangesAnswer> {
  const pace = createPace()
  const answer: ChangesAnswer = {
    contacts: [],
    removed: [],
    labels: [],
    removed_labels: [],
    next: toToken(next),
    more: hasMore,
    total,
  }
  for (const row of rows) {
    const change = presentChange(row, view)
    if ('contact' in change) answer.contacts.push(change.contact)
    else if ('removed' in change) answer.removed.push(change.removed)
    else if ('label' in change) answer.labels.push(change.label)
    else answer.removed_labels.push(change.removed_label)
    await pace()
  }
  return answer
}
