import { contactFormats } from './formats.ts'

/** A UID without the `urn:uuid:` that some programs put before it, for comparing with members. */
export function bareUid(uid: string): string {
  return uid.replace(/^urn:uuid:/i, '')
}

/** How a UID is compared: `urn:uuid:` before it, and the case of a UUID, say nothing. */
export function uidKey(uid: string): string {
  const bare = bareUid(uid)
  return contactFormats.uuid.isValid(bare) ? bare.toLowerCase() : bare
}

/** How a member is compared with UIDs: `urn:uuid:` before it, and its case, say nothing. */
export function memberKey(uid: string): string {
  return bareUid(uid).toLowerCase()
}

/** How a contact may have a UID: as its card spells it, in any case, or as its id. */
export function uidForms(uid: string): { spellings: string[]; id: string | null } {
  const bare = bareUid(uid)
  const id = contactFormats.uuid.isValid(bare) ? bare.toLowerCase() : null
  return { spellings: [bare, `urn:uuid:${bare}`], id }
}

export const spellingsOfUid = 2
