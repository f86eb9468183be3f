import { create } from 'zustand'
import { worker } from '../data/client.ts'
import type { Contact } from '../worker/calls.ts'

export type Sheet = { kind: 'card'; contact: Contact } | { kind: 'table'; contacts: Contact[] }

/** What is on paper instead of the page; null while nothing is printed. */
export const usePrinting = create<{ sheet: Sheet | null }>()(() => ({ sheet: null }))

/** Prints one contact as a card. */
export function printContact(contact: Contact): void {
  usePrinting.setState({ sheet: { kind: 'card', contact } })
}

/** Prints contacts as a table of names, phones and e-mails. */
export async function printContacts(ids: readonly string[]): Promise<void> {
  const contacts = await worker.contacts([...ids])
  usePrinting.setState({ sheet: { kind: 'table', contacts } })
}

/** The sheet has been printed, or somebody decided otherwise. */
export function endPrinting(): void {
  usePrinting.setState({ sheet: null })
}
