import type { Change } from './calls.ts'
import type { Edit } from './edit.ts'
import { about, enqueue } from './enqueue.ts'
import type { Step } from './step.ts'
import { titleOf } from './title.ts'

type PhotoChange = Extract<Change, { kind: 'photo' }>

// A cropped photo has some 100 kB: what waits must not fill the disk.
const maxWaitingBytes = 20 * 1024 * 1024

/**
 * Puts another photo of a contact into the outbox, or none.
 * @throws Error when more wait already than this device keeps
 * @returns nothing: a photo is not undone
 */
export async function setPhoto(edit: Edit, { id, photo }: PhotoChange): Promise<Step[]> {
  const contact = await edit.contact(id)
  if (!contact) return []
  const waiting = edit.allEntries().map((one) => (one.kind === 'photo' && one.photo?.size) || 0)
  const bytes = waiting.reduce((sum, size) => sum + size, photo?.size ?? 0)
  if (bytes > maxWaitingBytes) throw new Error('too many photos wait to be sent')
  enqueue(edit, { ...about(edit, id, titleOf(contact, false)), kind: 'photo', photo })
  return []
}

/** The changes of its photo that wait. */
export function photosOf(edit: Edit, id: string): PhotoChange[] {
  return edit
    .entries(id)
    .flatMap((one) => (one.kind === 'photo' ? { kind: 'photo', id, photo: one.photo } : []))
}
