import { v7 as uuid } from 'uuid'
import type { Edit } from './edit.ts'
import type { Entry } from './outbox.ts'

/** Sends what was refused once more; a contact that is in the trash by now comes back for it. */
export async function retryAll(edit: Edit): Promise<void> {
  for (const entry of edit.allEntries().filter(({ refusal }) => refusal)) {
    const others = edit.entries(entry.contactId).filter(({ seq }) => seq !== entry.seq)
    const again: Entry = { ...entry, opId: uuid(), sent: null, refusal: null }
    const isGone = again.kind === 'patch' && entry.refusal?.code === 'not_found'
    edit.setEntries(entry.contactId, isGone ? withRestore(edit, again) : [again, ...others])
    if (again.kind === 'delete') await edit.remove(entry.contactId)
  }
}

function withRestore(edit: Edit, entry: Entry & { kind: 'patch' }): Entry[] {
  const { contactId, title, at } = entry
  const about = { opId: uuid(), contactId, title, at, sent: null, refusal: null }
  return [
    { ...about, seq: entry.seq, kind: 'restore', contact: entry.gone ?? null },
    // Against whatever it is then.
    { ...entry, seq: edit.nextSeq(), revision: '' },
  ]
}
