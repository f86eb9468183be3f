import { contactFormats } from '../book/formats.ts'
import { invalidField } from '../errors.ts'
import type { GroupPlace } from './store/group-queries.ts'

/** The two lists of groups, and what the key of a place looks like in each. */
const keysOf = {
  found: /^\d(?:\.\d{1,17})?$/,
  dismissed: /^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d(?:\.\d{1,6})?[+-]\d\d(?::\d\d)?$/,
}
export type GroupList = keyof typeof keysOf

/** The opaque cursor that continues a list behind this place. */
export function groupCursor(list: GroupList, { key, id }: GroupPlace): string {
  return Buffer.from(JSON.stringify([list, key, id])).toString('base64url')
}

/** @throws AppError `invalid` for what is no cursor of this list */
export function readGroupCursor(list: GroupList, cursor: string): GroupPlace {
  try {
    const [name, key, id] = JSON.parse(Buffer.from(cursor, 'base64url').toString()) as unknown[]
    if (name === list && typeof key === 'string' && typeof id === 'string') {
      if (keysOf[list].test(key) && contactFormats.uuid.isValid(id)) return { key, id }
    }
  } catch {
    // An unreadable cursor is none of ours.
  }
  throw invalidField('/after', 'is not a cursor of this list.')
}
