import { useEffect, useState } from 'react'
import type { Contact } from '../worker/calls.ts'
import { worker } from './client.ts'
import { contactsChanged } from './signals.ts'
import { useSync } from './state.ts'

export type ContactState = { kind: 'loading' | 'missing' } | { kind: 'here'; contact: Contact }

/** A contact as it is now, and whenever it changes. */
export function useContact(id: string): ContactState {
  const [read, setRead] = useState<{ id: string; contact: Contact | null } | null>(null)
  const isReading = useSync().kind === 'reading'
  useEffect(() => {
    let isCurrent = true
    const ask = async () => {
      const contact = await worker.contact(id)
      if (isCurrent) setRead({ id, contact })
    }
    void ask()
    const unsubscribe = contactsChanged.subscribe((changes) => {
      if (changes.some((ids) => ids === null || ids.includes(id))) void ask()
    })
    return () => {
      isCurrent = false
      unsubscribe()
    }
  }, [id])
  if (read?.id !== id) return { kind: 'loading' }
  if (read.contact) return { kind: 'here', contact: read.contact }
  // It may be on its way.
  return { kind: isReading ? 'loading' : 'missing' }
}
