import { lists } from '@kith/server/book/fields'
import { isSame } from '../data/is-same.ts'
import { formTexts, type Form } from './form.ts'

/** A form, and what each of its fields had before anything was typed there. */
export type Typed = { form: Form; base: Form }

/**
 * Carries what was typed over to another state of the contact: fields that were not touched follow it, the
 * others stay as typed. These keep their base too, so that saving tells what was changed elsewhere meanwhile
 * from what was there before.
 * @param next the form of the contact as it is now
 */
export function rebase({ form, base }: Typed, next: Form): Typed {
  const typed = { form: structuredClone(next), base: structuredClone(next) }
  for (const field of formTexts) {
    if (!isTyped(form.texts[field], base.texts[field], next.texts[field])) continue
    typed.form.texts[field] = form.texts[field]
    typed.base.texts[field] = base.texts[field]
  }
  for (const list of lists) {
    if (!isTyped(form.lists[list], base.lists[list], next.lists[list])) continue
    typed.form.lists[list] = form.lists[list]
    typed.base.lists[list] = base.lists[list]
  }
  if (isTyped(form.birthday, base.birthday, next.birthday)) {
    typed.form.birthday = form.birthday
    typed.base.birthday = base.birthday
  }
  typed.form.labelIds = rebaseSet(form.labelIds, base.labelIds, next.labelIds)
  typed.form.newLabels = form.newLabels
  if (form.typedLabel) typed.form.typedLabel = form.typedLabel
  return typed
}

/** Whether something was typed that has not become true without it. */
function isTyped(form: unknown, base: unknown, next: unknown): boolean {
  return !isSame(form, base) && !isSame(form, next)
}

/** Members that were added or removed here stay so, whatever happened to the others. */
function rebaseSet(form: string[], base: string[], next: string[]): string[] {
  const added = form.filter((id) => !base.includes(id) && !next.includes(id))
  const removed = new Set(base.filter((id) => !form.includes(id)))
  return [...next.filter((id) => !removed.has(id)), ...added]
}
