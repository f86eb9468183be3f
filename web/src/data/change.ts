import { v7 as uuid } from 'uuid'
import type { Change, Undo } from '../worker/calls.ts'
import { worker } from './client.ts'

/** Applies edits at once, and sends them when that is possible; all of them are one step of undo. */
export function changeContacts(changes: Change[]): Promise<Undo> {
  return worker.change(changes)
}

export function undo(step: Undo): Promise<void> {
  return worker.undo(step)
}

/** An id for a contact that is made here. */
export const newContactId = (): string => uuid()
