import { useState } from 'react'
import { useContact } from '../data/use-contact.ts'
import type { Contact } from '../worker/calls.ts'

/**
 * A contact that is edited: as it is now, or as it was last where it was deleted since, so that nothing
 * takes the form from under somebody's hands.
 */
export function useOpened(id: string): { contact: Contact | null; isMissing: boolean } {
  const found = useContact(id)
  const [last, setLast] = useState<Contact | null>(null)
  if (found.kind === 'here' && found.contact !== last) setLast(found.contact)
  return { contact: last?.id === id ? last : null, isMissing: found.kind === 'missing' }
}
