import { withValues } from './contact-fields.ts'
import type { Entry } from './outbox.ts'

/** What an entry becomes with another change of the same contact: none, one or both of them. */
export function coalesce(last: Entry, next: Entry): Entry[] {
  if (last.sent) return [last, next]
  // Nothing is left of one that was refused: the contact is shown as the server has it.
  if (last.refusal && (last.kind === 'delete' || last.kind === 'restore')) return [next]
  const kept = { seq: last.seq, at: last.at }
  if (last.kind === 'create') {
    if (next.kind === 'delete') return []
    if (next.kind !== 'patch') return [last, next]
    const contact = withValues(last.contact, next.values)
    return [{ ...last, contact, title: next.title, opId: next.opId, refusal: null }]
  }
  if (last.kind === 'patch' && next.kind === 'patch') {
    // What the first change of a field found is what the server has.
    const base = { ...next.base, ...last.base }
    const values = { ...last.values, ...next.values }
    const { revision, updatedAt } = last
    return [{ ...next, ...kept, base, values, revision, updatedAt }]
  }
  if (last.kind === 'delete' && next.kind === 'restore') return []
  if (last.kind === 'restore' && next.kind === 'delete') return []
  return [last, next]
}
