import { lists, type ListField } from '@kith/server/book/fields'
import { isSame } from '../data/is-same.ts'
import type { Contact, Patch } from '../worker/calls.ts'
import { readBirthday } from './birthday-parts.ts'
import { formTexts, type Form, type Row } from './form.ts'
import { readDate } from './typed-date.ts'

/**
 * What a form changes of its contact, as a merge patch: only fields that differ from `base`. Labels
 * that are not there yet are no part of it, and neither is a birthday that is no day.
 * @param base the form before anything was typed
 */
export function patchOf(form: Form, base: Form): Patch {
  const patch: Patch = {}
  for (const field of formTexts) {
    const text = form.texts[field].trim()
    if (form.texts[field] === base.texts[field] || text === base.texts[field].trim()) continue
    patch[field] = text || null
  }
  const birthday = readBirthday(form.birthday)
  if ('text' in birthday && !isSame(birthday, readBirthday(base.birthday))) {
    patch.birthday = birthday.text
  }
  for (const list of lists) {
    const items = itemsOf(list, form, base)
    if (isSame(items, itemsOf(list, base, base))) continue
    // The shape of items is that of their list: see `partsOf`.
    Object.assign(patch, { [list]: items.length === 0 ? null : items })
  }
  if (!isSame([...form.labelIds].sort(), [...base.labelIds].sort())) patch.label_ids = form.labelIds
  return patch
}

/** What the fields that a form changes had before; the labels in any case. */
export function valuesOfBase(form: Form, base: Form): Partial<Contact> {
  const values: Record<string, unknown> = { label_ids: base.labelIds }
  for (const field of formTexts) {
    if (form.texts[field] !== base.texts[field]) values[field] = base.texts[field] || null
  }
  const birthday = readBirthday(base.birthday)
  if ('text' in birthday && !isSame(form.birthday, base.birthday))
    values['birthday'] = birthday.text
  for (const list of lists) {
    if (!isSame(form.lists[list], base.lists[list])) values[list] = base.lists[list].map(storedItem)
  }
  return values
}

/** Whether saving the form would change anything. */
export function isChanged(form: Form, base: Form): boolean {
  if (form.newLabels.length > 0 || form.typedLabel?.trim()) return true
  if (!isSame(form.birthday, base.birthday)) return true
  return Object.keys(patchOf(form, base)).length > 0
}

/** The rows of a list that have more than a label; the others are not saved. */
export function filledRows(list: ListField, form: Form): Row[] {
  return form.lists[list].filter(isFilled)
}

export function isFilled(row: Row): boolean {
  return Object.entries(row.parts).some(
    ([part, text]) => part !== 'label' && part !== 'service' && text.trim() !== '',
  )
}

/** The item of a row that was not touched. */
function storedItem({ parts }: Row): Item {
  return Object.fromEntries(Object.entries(parts).map(([part, text]) => [part, text || null]))
}

type Item = Record<string, string | null>

/** The items of a list; one that was not touched is sent as it was, spaces and all. */
function itemsOf(list: ListField, form: Form, base: Form): Item[] {
  const before = new Map(base.lists[list].map((row) => [row.key, row]))
  return filledRows(list, form).map((row) => {
    if (isSame(row.parts, before.get(row.key)?.parts)) return storedItem(row)
    const read = (part: string, text: string) => {
      const typed = text.trim()
      return (list === 'dates' && part === 'value' ? readDate(typed) : typed) || null
    }
    return Object.fromEntries(
      Object.entries(row.parts).map(([part, text]) => [part, read(part, text)]),
    )
  })
}
