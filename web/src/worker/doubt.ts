import type { Edit } from './edit.ts'
import type { Entry } from './outbox.ts'

/** Has the contact of a change read anew before anything else is sent: its copy may not be what the server has. */
export function doubt(edit: Edit, { kind, contactId, sent, refusal }: Entry): void {
  const isNowhereElse = kind === 'create' && !sent && refusal?.code !== 'id_taken'
  if (isNowhereElse) return
  edit.setMeta({ doubted: [...new Set([...(edit.meta().doubted ?? []), contactId])] })
}
