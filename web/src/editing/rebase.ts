import { lists } from '@kith/server/book/fields'
import { isSame } from '../data/is-same.ts'
import { formTexts, type Form } from './form.ts'

/**
 * Carries what was typed over to another state of the contact: fields that were not touched follow
 * it, the others stay as typed.
 * @param base the form before anything was typed
 * @param next the form of the contact as it is now
 */
export function rebase(form: Form, base: Form, next: Form): Form {
  const result = structuredClone(next)
  for (const field of formTexts) {
    if (form.texts[field] !== base.texts[field]) result.texts[field] = form.texts[field]
  }
  for (const list of lists) {
    if (!isSame(form.lists[list], base.lists[list])) result.lists[list] = form.lists[list]
  }
  if (!isSame(form.birthday, base.birthday)) result.birthday = form.birthday
  result.labelIds = rebaseSet(form.labelIds, base.labelIds, next.labelIds)
  result.newLabels = form.newLabels
  return result
}

/** Members that were added or removed here stay so, whatever happened to the others. */
function rebaseSet(form: string[], base: string[], next: string[]): string[] {
  const added = form.filter((id) => !base.includes(id) && !next.includes(id))
  const removed = new Set(base.filter((id) => !form.includes(id)))
  return [...next.filter((id) => !removed.has(id)), ...added]
}
