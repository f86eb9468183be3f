import { v7 as uuid } from 'uuid'
import type { Edit } from './edit.ts'
import type { Entry } from './outbox.ts'

/**
 * Sends what was refused once more; a contact that is in the trash by now comes back for it.
 * @param opId the one change; without it, all
 */
export async function retry(edit: Edit, opId?: string): Promise<void> {
  const refused = edit.allEntries().filter(({ refusal }) => refusal)
  for (const entry of refused.filter((one) => opId === undefined || one.opId === opId)) {
    const others = edit.entries(entry.contactId).filter(({ seq }) => seq !== entry.seq)
    const again: Entry = { ...entry, opId: uuid(), sent: null, refusal: null }
    const isGone = isEdit(again) && entry.refusal?.code === 'not_found'
    const isComing = others.some(({ kind }) => kind === 'restore')
    const next = isGone && !isComing ? withRestore(edit, again) : [again]
    edit.setEntries(entry.contactId, [...next, ...others])
    if (again.kind === 'delete') await edit.remove(entry.contactId)
  }
}

type EditEntry = Entry & { kind: 'patch' | 'photo' }
const isEdit = (entry: Entry): entry is EditEntry =>
  entry.kind === 'patch' || entry.kind === 'photo'

function withRestore(edit: Edit, entry: EditEntry): Entry[] {
  const { contactId, title, at } = entry
  const about = { opId: uuid(), contactId, title, at, sent: null, refusal: null }
  const contact = (entry.kind === 'patch' && entry.gone) || null
  const seq = edit.nextSeq()
  return [
    { ...about, seq: entry.seq, kind: 'restore', contact },
    // Against whatever it is then.
    entry.kind === 'patch' ? { ...entry, seq, revision: '' } : { ...entry, seq },
  ]
}
