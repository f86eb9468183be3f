import { useEffect, useState } from 'react'
import { loadDraft } from '../data/drafts.ts'
import type { Draft } from '../worker/calls.ts'

/** What was typed into a form and not saved; undefined until it is known, null without a draft. */
export function useDraft(contactId: string): Draft | null | undefined {
  const [loaded, setLoaded] = useState<{ contactId: string; draft: Draft | null } | null>(null)
  useEffect(() => {
    let isCurrent = true
    void loadDraft(contactId).then((draft) => {
      if (isCurrent) setLoaded({ contactId, draft })
    })
    return () => {
      isCurrent = false
    }
  }, [contactId])
  return loaded?.contactId === contactId ? loaded.draft : undefined
}
