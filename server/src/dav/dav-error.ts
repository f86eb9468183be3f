import type { ShortName } from './xml/names.ts'
import { element, type Xml } from './xml/write-xml.ts'

/** A refusal by WebDAV: a status, the precondition that failed (RFC 4918, 16), and a sentence. */
export class DavError extends Error {
  override name = 'DavError'
  readonly status: number
  readonly condition: Xml | undefined

  constructor(status: number, detail: string, condition?: Xml) {
    super(detail)
    this.status = status
    this.condition = condition
  }
}

/** A precondition that has nothing more to tell. */
export function failed(status: number, condition: ShortName, detail: string): DavError {
  return new DavError(status, detail, element(condition))
}

export function nothingHere(): DavError {
  return new DavError(404, 'There is nothing at this path.')
}

/** Makes nothing of {@link nothingHere}. */
export function unlessMissing(error: unknown): undefined {
  if (!(error instanceof DavError) || error.status !== 404) throw error
}

/** RFC 4918, 9.3.1, 9.7.1 and 9.8.5: there is no collection that could take it. */
export function noSuchBook(): DavError {
  return new DavError(409, 'There is no such address book.')
}

export function stale(): DavError {
  return new DavError(412, 'The resource is not as the conditions of the request expect it.')
}
