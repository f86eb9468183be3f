import type { Draft } from '../worker/calls.ts'
import type { Form } from './form.ts'
import { isChanged } from './patch.ts'
import { rebase, type Typed } from './rebase.ts'

// Another number: forms have another shape, and drafts of before cannot be read.
const version = 1

/** What is kept of a form that was not saved: also what it began with, to know what was typed. */
type DraftValue = Typed & { version: number }

/** The draft of a form; null where nothing was typed. */
export function draftOf(contactId: string, { form, base }: Typed, at: number): Draft | null {
  if (!isChanged(form, base)) return null
  const value: DraftValue = { version, form, base }
  return { contactId, value, at }
}

/**
 * What a draft typed, over the contact as it is now; null where the draft cannot be read, or what was typed
 * has become true without it.
 */
export function typedInDraft(draft: Draft, now: Form): Typed | null {
  if (!isDraftValue(draft.value)) return null
  const typed = rebase(draft.value, now)
  return isChanged(typed.form, typed.base) ? typed : null
}

function isDraftValue(value: unknown): value is DraftValue {
  return (
    typeof value === 'object' && value !== null && 'version' in value && value.version === version
  )
}
