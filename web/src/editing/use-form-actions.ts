import { useRef } from 'react'
import { flushSync } from 'react-dom'
import { useLocation } from 'wouter'
import { focusContact } from '../contacts/focus-heading.ts'
import { focusList } from '../contacts/focus-list.ts'
import { addressOfList, besideList, useListAddress } from '../contacts/list-address.ts'
import { trashContacts } from '../contacts/trash-contacts.ts'
import { keepDraft, loadDraft } from '../data/drafts.ts'
import { undoable, undoWaitsFor } from '../data/undo-steps.ts'
import { useLabels } from '../data/use-labels.ts'
import { to } from '../routes.ts'
import { text } from '../strings/text.ts'
import { notify } from '../ui/toast.tsx'
import type { Contact } from '../worker/calls.ts'
import { draftOf } from './draft.ts'
import { focusFaults } from './fault-list.tsx'
import type { Form } from './form.ts'
import { nameOf } from './names.ts'
import { saveContact } from './save-contact.ts'
import { takeTypedLabel } from './typed-label.ts'
import type { Editing } from './use-editing.ts'

type Edited = {
  /** Null for a new contact. */
  contact: Contact | null
  /** Whether it was deleted meanwhile: then it is restored to be saved. */
  isGone: boolean
  /** The form of the contact as it is. */
  current: Form
  editing: Editing
}

/** The ways out of a form: saving it, giving it up, and deleting the contact. */
export function useFormActions({ contact, isGone, current, editing }: Edited): {
  save: () => Promise<void>
  cancel: () => void
  remove: (id: string) => void
} {
  const { labels } = useLabels()
  const list = useListAddress()
  const [, navigate] = useLocation()
  const isSaving = useRef(false)

  async function save() {
    let isRight = false
    flushSync(() => {
      isRight = editing.check()
    })
    if (!isRight) return focusFaults()
    if (isSaving.current) return
    isSaving.current = true
    const { base, photo } = editing
    // Ctrl+S leaves what is typed in the field.
    const form = takeTypedLabel(editing.form, labels)
    const saving = { contact, isGone, form, base, photo, labels }
    const title = text('editing.saved', { name: shownName(form) })
    const saved = await undoWaitsFor(saveContact(saving, title)).catch(() => null)
    if (saved === null) {
      isSaving.current = false
      notify({ kind: 'fault', title: text('editing.notSaved') })
      return
    }
    editing.finish()
    focusContact(saved.id)
    navigate(besideList(to.contact(saved.id), list), { replace: true })
    const step = saved.undo
    if (step) notify({ title, kind: 'done', undo: step })
  }

  function leave() {
    if (!contact || isGone) return leaveToList()
    focusContact(contact.id)
    navigate(besideList(to.contact(contact.id), list), { replace: true })
  }

  function leaveToList() {
    focusList()
    navigate(addressOfList(list), { replace: true })
  }

  function cancel() {
    const given = draftOf(contact, editing, Date.now())
    editing.finish()
    leave()
    if (!given) return
    const title = text('editing.discarded')
    const bringBack = async () => {
      // What was typed since then is worth more.
      if (!(await loadDraft(given.contactId))) await keepDraft(given.contactId, given)
      navigate(besideList(contact ? to.edit(contact.id) : to.new, list))
      return true
    }
    const about = { title, ids: [given.contactId], areGone: isGone }
    notify({ title, undo: undoable(bringBack, about) })
  }

  /** What was typed stays as a draft, should the contact come back. */
  function remove(id: string) {
    void trashContacts([{ id, name: shownName(current) }])
    leaveToList()
  }

  return { save, cancel, remove }
}

const shownName = (form: Form) => nameOf(form) || text('editing.someone')
