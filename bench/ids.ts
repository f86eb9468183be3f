/** Above the contacts that any user may have, so that a user's number and a contact's make one. */
export const idsPerUser = 2 ** 20

// As UUIDv7 of early 2024: what the server makes during a run is greater than all of them.
const prefixes = {
  user: '01900000-0000-7000-8000',
  session: '01900000-0000-7001-8000',
  contact: '01900000-0000-7002-8000',
  /** For rows that pgbench adds: greater than all that were seeded. */
  added: '01ffffff-0000-7000-8000',
}

/** Greater than every seeded id, less than every id made during a run. */
export const lastSeededId = '01900000-ffff-7fff-bfff-ffffffffffff'

/** @param user from 1 */
export function userId(user: number): string {
  return idOf('user', user)
}

/** Every user has one session. */
export function sessionId(user: number): string {
  return idOf('session', user)
}

/** @param contact from 0 */
export function contactId(user: number, contact: number): string {
  return idOf('contact', user * idsPerUser + contact)
}

/** The same ids in SQL, so that pgbench can ask for random ones: it has no variables but numbers. */
export function idSql(kind: keyof typeof prefixes, number: string): string {
  return `('${prefixes[kind]}-' || lpad(to_hex(${number}::bigint), 12, '0'))::uuid`
}

function idOf(kind: keyof typeof prefixes, number: number): string {
  return `${prefixes[kind]}-${number.toString(16).padStart(12, '0')}`
}
