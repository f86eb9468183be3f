import { itemOf } from '../data/item.ts'
import { titleOf, workOf } from '../data/title.ts'
import type { Contact } from '../worker/calls.ts'

const lists = ['phones', 'emails', 'messengers', 'links', 'addresses'] as const

/**
 * A contact as lines that can be pasted into a message: who it is, and how to reach them.
 * @param shownLabel the label of a value in the language of whoever shares it
 */
export function contactText(contact: Contact, shownLabel: (label: string) => string): string {
  const values = lists.flatMap((list) =>
    contact[list].map((value) => {
      const { label, text } = itemOf(value)
      return label ? `${text} (${shownLabel(label)})` : text
    }),
  )
  return [titleOf(contact), workOf(contact), ...values].filter(Boolean).join('\n')
}
