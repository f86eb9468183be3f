import type { Contact, Draft } from '../worker/calls.ts'
import type { Form } from './form.ts'
import { isChanged } from './patch.ts'
import { rebase, type Typed } from './rebase.ts'

// Another number: forms have another shape, and drafts of before cannot be read.
const version = 1

/**
 * What is kept of a form that was not saved: also what it began with, to know what was typed, and the contact, which may
 * be deleted by the time that the form is opened again.
 */
type DraftValue = Typed & { version: number; contact?: Contact | null }

/**
 * The draft of a form; null where nothing was typed.
 * @param contact as it is, or was last; null for a new one
 */
export function draftOf(contact: Contact | null, { form, base }: Typed, at: number): Draft | null {
  if (!isChanged(form, base)) return null
  const value: DraftValue = { version, form, base, contact }
  return { contactId: contact?.id ?? 'new', value, at }
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

/** The contact that a draft was typed into, as it was then; null where that is not known. */
export function contactOfDraft({ value }: Draft): Contact | null {
  return isDraftValue(value) ? (value.contact ?? null) : null
}

function isDraftValue(value: unknown): value is DraftValue {
  return (
    typeof value === 'object' && value !== null && 'version' in value && value.version === version
  )
}
