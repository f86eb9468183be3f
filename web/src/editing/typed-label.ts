import { labelKey, labelName } from '@kith/server/book/label-name'
import type { Label } from '../worker/calls.ts'
import type { Form } from './form.ts'

/** What of a form is about labels. */
export type FormLabels = Pick<Form, 'labelIds' | 'newLabels' | 'typedLabel'>

/** The form with the label whose name stands in the field: one that is there, or else a new one. */
export function takeTypedLabel<Some extends FormLabels>(
  form: Some,
  labels: readonly Label[],
): Some {
  const { labelIds, newLabels, typedLabel = '' } = form
  const name = labelName(typedLabel)
  const taken = { ...form, typedLabel: '' }
  if (name === null) return taken
  const label = findByName(labels, name)
  if (label)
    return labelIds.includes(label.id) ? taken : { ...taken, labelIds: [...labelIds, label.id] }
  return newLabels.includes(name) ? taken : { ...taken, newLabels: [...newLabels, name] }
}

export function findByName(labels: readonly Label[], name: string): Label | undefined {
  const key = labelKey(name)
  return labels.find((label) => labelKey(label.name) === key)
}
