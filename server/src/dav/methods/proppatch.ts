import { inBook } from '../../contacts/store/locked-book.ts'
import { authorOf, type Handler } from '../call.ts'
import { conditionsFor } from '../conditions-for.ts'
import { DavError, failed } from '../dav-error.ts'
import { findTarget } from '../find-resource.ts'
import { propstat, response } from '../multistatus.ts'
import { readPropertyUpdate, refusalOf } from '../property-update.ts'
import { isMinimalAsked, requiredXmlOf } from '../read-request.ts'
import { sendXml } from '../reply.ts'
import { propertyKeyOf } from '../resource.ts'
import { changeStoredProperties, measureStoredProperties, type PropertyChange } from '../store.ts'
import { element, namedElement, type Xml } from '../xml/write-xml.ts'

// Of a resource; and of all resources of an owner, since a listing reads them together.
const maxProperties = 100
const maxOctets = 4 * 1024 * 1024

/** RFC 4918, 9.2: all properties are written, or none. */
export const proppatch: Handler = async (call) => {
  const { services, request, reply, account } = call
  const changes = readPropertyUpdate(requiredXmlOf(request))
  const resource = await findTarget(call)
  const key = propertyKeyOf(resource)
  if (key === undefined) throw new DavError(403, 'Nothing can be written here.')
  const conditions = await conditionsFor(call)
  conditions.require(resource.kind === 'card' ? resource.file : 'collection')
  const refusals = new Map(changes.map((change) => [change, refusalOf(change)]))
  const isRefused = [...refusals.values()].some((refusal) => refusal !== undefined)
  if (!isRefused) {
    await inBook(services.database, authorOf(call), async (book) => {
      await changeStoredProperties(book, key, changes)
      const { count, octets } = await measureStoredProperties(book.ask, account.userId, key)
      if (count > maxProperties || octets > maxOctets) throw tooMany()
    })
    if (isMinimalAsked(request)) {
      return reply.status(200).send()
    }
  }
  const having = (...wanted: (string | undefined)[]) =>
    changes.filter((change) => wanted.includes(refusals.get(change))).map(nameElement)
  const parts = isRefused
    ? [
        ...someOf(403, having('protected'), element('D:cannot-modify-protected-property')),
        ...someOf(507, having('too_large')),
        ...someOf(424, having(undefined)),
      ]
    : [propstat(200, having(undefined))]
  return sendXml(reply, 207, 'D:multistatus', response(resource.href, ...parts))
}

function someOf(status: 403 | 424 | 507, props: Xml[], condition?: Xml): Xml[] {
  return props.length === 0 ? [] : [propstat(status, props, condition)]
}

function nameElement({ name }: PropertyChange): Xml {
  return namedElement(name)
}

function tooMany(): DavError {
  const detail = `Clients write ${maxProperties} properties of a resource, and 4 MiB of all.`
  return failed(507, 'D:quota-not-exceeded', detail)
}
