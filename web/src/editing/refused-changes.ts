import { refusalText, refusedValue } from '../waiting/refusal-text.ts'
import type { Waiting } from '../worker/calls.ts'
import { fieldAt, type Fault } from './faults.ts'
import type { Form } from './form.ts'

/** What the server refused of a contact: faults of fields, and sentences about no field of the form. */
export function refusalOf(
  waiting: readonly Waiting[],
  contactId: string,
  form: Form,
): { faults: Fault[]; sentences: string[] } {
  const faults: Fault[] = []
  const sentences: string[] = []
  for (const change of waiting) {
    const { refusal } = change
    if (refusal === null || change.contactId !== contactId) continue
    const found = refusal.pointers.flatMap((pointer) => {
      const field = fieldAt(pointer, form)
      return field ? [{ ...field, sentence: refusedValue(pointer) }] : []
    })
    faults.push(...found)
    if (found.length === 0) sentences.push(refusalText(change))
  }
  return { faults, sentences }
}
