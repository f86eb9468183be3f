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
  for (const { refusal, contactId: id } of waiting) {
    if (refusal === null || id !== contactId) continue
    const fields = refusal.pointers.flatMap((pointer) => fieldAt(pointer, form) ?? [])
    faults.push(...fields.map((field) => ({ ...field, sentence: refusal.detail })))
    if (fields.length === 0) sentences.push(refusal.detail)
  }
  return { faults, sentences }
}
