import type { Draft } from '../worker/calls.ts'
import type { Form } from './form.ts'
import { isChanged } from './patch.ts'
import { rebase } from './rebase.ts'

// Another number: forms have another shape, and drafts of before cannot be read.
const version = 1

/** What is kept of a form that was not saved: also what it began with, to know what was typed. */
type DraftValue = { version: number; form: Form; base: Form }

/** The draft of a form; null where nothing was typed. */
export function draftOf(contactId: string, form: Form, base: Form, at: number): Draft | null {
  if (!isChanged(form, base)) return null
  const value: DraftValue = { version, form, base }
  return { contactId, value, at }
}

/**
 * The form of a draft over the contact as it is now; null where the draft cannot be read, or what
 * was typed has become true without it.
 */
export function formOfDraft(draft: Draft, now: Form): Form | null {
  if (!isDraftValue(draft.value)) return null
  const form = rebase(draft.value.form, draft.value.base, now)
  return isChanged(form, now) ? form : null
}

function isDraftValue(value: unknown): value is DraftValue {
  return (
    typeof value === 'object' && value !== null && 'version' in value && value.version === version
  )
}
