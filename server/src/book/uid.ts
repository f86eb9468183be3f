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

/** How a contact may have a UID: as cards spell it, at most {@link maxSpellings} ways, or as its id. */
export function uidForms(uid: string): { spellings: string[]; id: string | null } {
  const bare = bareUid(uid)
  const isUuid = contactFormats.uuid.isValid(bare)
  const cases = isUuid ? [bare, bare.toLowerCase(), bare.toUpperCase()] : [bare]
  const spellings = new Set([uid, ...cases, ...cases.map((one) => `urn:uuid:${one}`)])
  return { spellings: [...spellings], id: isUuid ? bare.toLowerCase() : null }
}

export const maxSpellings = 7
