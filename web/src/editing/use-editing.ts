import { useEffect, useEffectEvent, useRef, useState } from 'react'
import { keepDraft } from '../data/drafts.ts'
import { followDrops } from '../data/dropped-drafts.ts'
import type { Contact, Draft } from '../worker/calls.ts'
import { draftOf, enteredInDraft, type Entered } from './draft.ts'
import { faultsOf, type Fault } from './faults.ts'
import type { Form } from './form.ts'
import type { PhotoChange } from './photo-field.tsx'
import { rebase } from './rebase.ts'

// Drafts are stored once typing has stopped for this long.
const restMs = 500

type Options = {
  /** The contact as it is now, or was last; null for a new one. */
  contact: Contact | null
  /** Its form; another object only when it changed. */
  current: Form
  draft: Draft | null
  /** What the form begins with where there is no draft. */
  suggested: Form | null
  /** What the server refused of an earlier change. */
  refused: readonly Fault[]
}

export type Editing = Entered & {
  edit: (change: Partial<Form>) => void
  changePhoto: (photo: PhotoChange) => void
  faults: readonly Fault[]
  /** Looks for faults; true where there are none. */
  check: () => boolean
  /** When the draft was written that the form began with; null without one. */
  draftFrom: number | null
  discardDraft: () => void
  /** Nothing is stored of the form any more: it was saved, or given up. */
  finish: () => void
}

/**
 * A form over a contact: follows the contact where nothing was typed, and keeps what was typed, and the photo that
 * was chosen, as a draft.
 */
export function useEditing({ contact, current, draft, suggested, refused }: Options): Editing {
  const draftId = contact?.id ?? 'new'
  const [shown, setShown] = useState(current)
  const [restored] = useState(() => draft && enteredInDraft(draft, current))
  const untouched: Entered = { form: suggested ?? current, base: current, photo: null }
  const [entered, setEntered] = useState(restored ?? untouched)
  const { form, base, photo } = entered
  const [draftFrom, setDraftFrom] = useState(restored && draft ? draft.at : null)
  const [found, setFound] = useState<readonly Fault[] | null>(null)
  const state = useRef({ isFinished: false, stored: entered, isOwn: false })

  if (shown !== current) {
    setShown(current)
    setEntered({ ...rebase(entered, current), photo })
  }

  const store = useEffectEvent(() => {
    if (state.current.isFinished || state.current.stored === entered) return
    state.current.stored = entered
    state.current.isOwn = true
    void keepDraft(draftId, draftOf(contact, entered, Date.now()))
  })
  useEffect(() => {
    if (entered === state.current.stored) return undefined
    const timer = setTimeout(() => store(), restMs)
    return () => clearTimeout(timer)
  }, [entered])
  useEffect(() => {
    const storeNow = () => store()
    // Who leaves a field may be about to log out, which asks of what is stored.
    document.addEventListener('focusout', storeNow)
    // A phone may end a page that is out of sight without another word.
    document.addEventListener('visibilitychange', storeNow)
    window.addEventListener('pagehide', storeNow)
    return () => {
      document.removeEventListener('focusout', storeNow)
      document.removeEventListener('visibilitychange', storeNow)
      window.removeEventListener('pagehide', storeNow)
      storeNow()
    }
  }, [])

  const keepOwn = useEffectEvent(() => {
    const { isFinished, isOwn } = state.current
    // What was but suggested, or came from the other tab, is nothing to keep.
    const own = isOwn && !isFinished ? draftOf(contact, entered, Date.now()) : null
    if (own) void keepDraft(draftId, own)
  })
  useEffect(() => followDrops(draftId, () => keepOwn()), [draftId])

  function finish() {
    state.current.isFinished = true
    void keepDraft(draftId, null)
  }

  return {
    form,
    base,
    photo,
    edit: (change) =>
      setEntered((entered) => ({ ...entered, form: { ...entered.form, ...change } })),
    changePhoto: (photo) => setEntered((entered) => ({ ...entered, photo })),
    faults: found === null ? refused : stillIn(found, faultsOf(form, base)),
    check() {
      const faults = faultsOf(form, base)
      setFound(faults)
      return faults.length === 0
    },
    draftFrom,
    discardDraft() {
      void keepDraft(draftId, null)
      state.current.stored = untouched
      setEntered(untouched)
      setFound(null)
      setDraftFrom(null)
    },
    finish,
  }
}

/** The faults that were shown and are not mended: no others appear while somebody types. */
function stillIn(shown: readonly Fault[], now: readonly Fault[]): Fault[] {
  return now.filter(({ field }) => shown.some((fault) => fault.field === field))
}
