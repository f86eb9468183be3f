import { useEffect, useState } from 'react'
import { worker } from '../data/client.ts'
import type { Contact } from '../worker/calls.ts'
import { MergeDialog } from './merge-dialog.tsx'

type Props = {
  /** Two contacts or more that are selected in the list. */
  ids: readonly string[]
  onClose: () => void
  onMerged: () => void
}

/** Merges contacts that somebody has selected; the first of them stays. */
export function MergeSelection({ ids, onClose, onMerged }: Props) {
  const [contacts, setContacts] = useState<Contact[] | null>(null)
  useEffect(() => {
    let isCurrent = true
    void worker.contacts([...ids]).then((found) => isCurrent && setContacts(found))
    return () => {
      isCurrent = false
    }
  }, [ids])
  if (!contacts) return null
  return <MergeDialog contacts={contacts} suggested={null} onClose={onClose} onMerged={onMerged} />
}
