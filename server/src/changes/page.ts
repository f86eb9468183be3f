import { createPace } from '../pace.ts'
import type { Changes } from './changes.ts'
import { toToken } from './position.ts'
import { presentChange } from './present.ts'
import type { ShownView } from './queries.ts'
import type { ChangesAnswer } from './schema.ts'

/** Changes as one answer of JSON, sorted by what they are about: the text of a {@link ChangesAnswer}. */
export async function* changesPage(
  { rows, next, hasMore }: Changes<ShownView>,
  total: number,
  view: ShownView,
): AsyncGenerator<string> {
  const pace = createPace()
  const rest: Omit<ChangesAnswer, 'contacts'> = {
    removed: [],
    labels: [],
    removed_labels: [],
    next: toToken(next),
    more: hasMore,
    total,
  }
  let before = '{"contacts":['
  for (const row of rows) {
    const change = presentChange(row, view)
    if ('contact' in change) {
      yield before + JSON.stringify(change.contact)
      before = ','
    } else if ('removed' in change) rest.removed.push(change.removed)
    else if ('label' in change) rest.labels.push(change.label)
    else rest.removed_labels.push(change.removed_label)
    await pace()
  }
  yield `${before === ',' ? '' : before}],${JSON.stringify(rest).slice(1)}`
}
