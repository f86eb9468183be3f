import type { Contact } from './calls.ts'
import { fields, isSame, pick, withValues, type Values } from './contact-fields.ts'
import { emptyContact } from './contact-fields.ts'
import type { BatchEntry, Operation } from './outbox.ts'

/** How the server is told of a change. */
export function operationOf(entry: BatchEntry): Operation {
  const { opId: op_id, contactId: id } = entry
  if (entry.kind === 'create')
    return { operation: 'create', op_id, id, contact: stated(entry.contact) }
  const revision = entry.kind === 'patch' ? entry.revision : entry.contact?.revision
  const patch = entry.kind === 'patch' && { patch: entry.values }
  const condition = entry.kind !== 'restore' && revision && { if_revision: revision }
  return { operation: entry.kind, op_id, id, ...patch, ...condition }
}

/** What a new contact has; the rest is absent. */
function stated(contact: Contact): Values {
  const empty = emptyContact('', '')
  return pick(
    withValues(empty, pick(contact, fields)),
    fields.filter((field) => !isSame(contact[field], empty[field])),
  )
}
