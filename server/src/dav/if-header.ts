import { DavError } from './dav-error.ts'

/** A list of the header `If` (RFC 4918, 10.4), of which all conditions have to hold. */
export type ConditionList = {
  /** The address before it, as written; undefined where it is about the resource of the request. */
  about: string | undefined
  conditions: { isNegated: boolean; token: string | undefined; tag: string | undefined }[]
}

// Some tags; reading takes time that grows with the square of it.
const maxLength = 2_000
const condition = String.raw`\s*(?:Not\s*)?(?:<[^<>]*>|\[[^[\]]*\])`
const nextList = new RegExp(String.raw`\s*(?:<([^<>]*)>\s*)?\(((?:${condition})+)\s*\)\s*`, 'iy')
const parts = /(Not\s*)?(?:<([^<>]*)>|\[([^[\]]*)\])/gi

/** The lists of an `If`, one of which has to hold. @throws {DavError} 400 */
export function readIfHeader(header: string): ConditionList[] {
  const lists: ConditionList[] = []
  if (header.length > maxLength) throw malformed()
  let about: string | undefined
  for (let at = 0; at < header.length || at === 0; at = nextList.lastIndex) {
    nextList.lastIndex = at
    const [, other, list] = nextList.exec(header) ?? []
    if (list === undefined) throw malformed()
    about = other ?? about
    const conditions = Array.from(list.matchAll(parts), ([, not, token, tag]) => ({
      isNegated: not !== undefined,
      token,
      tag,
    }))
    lists.push({ about, conditions })
  }
  return lists
}

function malformed(): DavError {
  return new DavError(400, 'If is no list of conditions, or too long.')
}
