import type { Call } from './call.ts'
import { DavError } from './dav-error.ts'
import { pathOf } from './paths.ts'
import type { ShortName } from './xml/names.ts'
import { element, text } from './xml/write-xml.ts'

/** Which privilege a method needs (RFC 3744, appendix B); the others only read. */
const needed: Record<string, ShortName> = {
  PUT: 'D:write-content',
  POST: 'D:bind',
  PROPPATCH: 'D:write-properties',
  MKCOL: 'D:bind',
  COPY: 'D:bind',
  MOVE: 'D:unbind',
  DELETE: 'D:unbind',
}

/** Refuses a write by an app password that only reads. @throws {DavError} 403 `need-privileges` */
export function requirePrivilege({ request, account, place }: Call) {
  const privilege = needed[request.method]
  if (privilege === undefined || !account.isReadOnly) return
  const condition = element(
    'D:need-privileges',
    element(
      'D:resource',
      element('D:href', text(pathOf(place, account.userId))),
      element('D:privilege', element(privilege)),
    ),
  )
  throw new DavError(403, 'This app password only reads.', condition)
}
