import { fold } from '@kith/server/book/fold'
import type { DuplicateGroup } from '@kith/server/duplicates/schema'
import { titleOf } from '../data/title.ts'
import { currentLocale, text } from '../strings/text.ts'

type Reasons = Pick<DuplicateGroup, 'reasons' | 'contacts'>

/** What speaks for a group, in words: “same e-mail ada@example.org, similar name”. */
export function reasonsOf({ reasons, contacts }: Reasons): string {
  const words = reasons.map(({ kind, value }) =>
    kind === 'name' ? nameReason(contacts) : text(`duplicates.reason-${kind}`, { value }),
  )
  const list = new Intl.ListFormat(currentLocale(), { type: 'unit' })
  return list.format(new Set(words))
}

function nameReason(contacts: Reasons['contacts']): string {
  const names = new Set(contacts.map((contact) => fold(titleOf(contact))))
  return text(names.size === 1 ? 'duplicates.reason-name-same' : 'duplicates.reason-name')
}
