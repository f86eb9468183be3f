import { problemText, type Problem } from '../strings/problem.ts'
import { isMessage, text, type Message } from '../strings/text.ts'
import type { Waiting } from '../worker/calls.ts'
import { fieldName } from './field-text.ts'

const sentences: Record<string, Message | undefined> = {
  email: 'editing.notAnEmail',
  emails: 'editing.notAnEmail',
  phone: 'editing.notAPhone',
  phones: 'editing.notAPhone',
  birthday: 'editing.noSuchDay',
}

/** Why the server refused what a JSON pointer names. */
export function refusedValue(pointer: string): string {
  const [name = '', , part = 'value'] = pointer.slice(1).split('/')
  return text((part === 'value' && sentences[name]) || 'problems.validation_failed')
}

/** Whether a change was refused for want of its contact, which can be restored for it. */
export function isGoneElsewhere({ kind, refusal }: Waiting): boolean {
  return kind === 'patch' && refusal?.code === 'not_found'
}

/** Why the server refused a change, naming the fields that it did; nothing where it did not. */
export function refusalText(change: Waiting): string {
  if (!change.refusal) return ''
  if (isGoneElsewhere(change)) return text('waiting.goneElsewhere', { name: change.title })
  const { pointers, ...problem } = change.refusal
  if (pointers.length === 0) return reasonOf(problem)
  const faults = pointers.map((pointer) => {
    const [name = ''] = pointer.slice(1).split('/')
    return text('editing.faultOf', { field: fieldName(name), fault: refusedValue(pointer) })
  })
  return [...new Set(faults)].join(' ')
}

/** A refusal without a word of why may come from something before the server, such as a proxy. */
function reasonOf(problem: Problem): string {
  const isSaid = problem.code !== 'internal_error' && isMessage(`problems.${problem.code}`)
  return isSaid || problem.detail ? problemText(problem) : text('problems.validation_failed')
}
