import { text, type Message } from '../strings/text.ts'
import type { Fault, FaultReason } from './faults.ts'
import { nameOfField, textsOfLists } from './field-texts.ts'

const reasons: Record<FaultReason, Message> = {
  'name-needed': 'editing.nameNeeded',
  'too-long': 'editing.tooLong',
  'too-many': 'editing.tooMany',
  email: 'editing.notAnEmail',
  phone: 'editing.notAPhone',
  'birthday-incomplete': 'editing.birthdayIncomplete',
  'birthday-year': 'editing.birthdayYear',
  'birthday-no-such-day': 'editing.noSuchDay',
  'birthday-future': 'editing.future',
}

/** What is wrong, as a sentence. */
export function faultText(fault: Fault): string {
  if ('sentence' in fault) return fault.sentence
  return text(reasons[fault.reason], 'max' in fault ? { max: fault.max } : undefined)
}

/** Which field it is about, in the words that stand beside it. */
export function faultName(fault: Fault): string {
  return text(fault.list ? textsOfLists[fault.list].value : nameOfField(fault.field))
}

/** What is wrong with each field, by its id. */
export function faultsByField(faults: readonly Fault[]): ReadonlyMap<string, string> {
  return new Map(faults.map((fault) => [fault.field, faultText(fault)]))
}
