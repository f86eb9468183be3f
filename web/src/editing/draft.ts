import type { Contact, Draft } from '../worker/calls.ts'
import type { Form } from './form.ts'
import { isChanged } from './patch.ts'
import type { PhotoChange } from './photo-field.tsx'
import { rebase, type Typed } from './rebase.ts'

// Another number: forms have another shape, and drafts of before cannot be read.
const version = 1

/**
 * What is kept of a form that was not saved: also what it began with, to know what was typed, and the contact, which may
 * be deleted by the time that the form is opened again.
 */
type DraftValue = Typed & { version: number; photo?: PhotoChange; contact?: Contact | null }

/** What somebody did in a form. */
export type Entered = Typed & { photo: PhotoChange }

/**
 * The draft of a form; null where nothing was typed, and no photo chosen.
 * @param contact as it is, or was last; null for a new one
 */
export function draftOf(
  contact: Contact | null,
  { form, base, photo }: Entered,
  at: number,
): Draft | null {
  if (!isChanged(form, base) && photo === null) return null
  const value: DraftValue = { version, form, base, photo, contact }
  return { contactId: contact?.id ?? 'new', value, at }
}

/**
 * What a draft has, over the contact as it is now; null where it cannot be read, or what was typed has become true
 * without it.
 */
export function enteredInDraft({ value }: Draft, now: Form): Entered | null {
  if (!isDraftValue(value)) return null
  const typed = rebase(value, now)
  const photo = value.photo ?? null
  return isChanged(typed.form, typed.base) || photo !== null ? { ...typed, photo } : null
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
