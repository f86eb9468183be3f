import { createHash } from 'node:crypto'
import { fileName, firstBookId } from '../../contacts/store/card-files.ts'
import { contentLength } from '../cards/content-length.ts'
import { firstBookSlug, principalPath } from '../paths.ts'
import { etagOf, type Resource } from '../resource.ts'
import { nameOf } from '../xml/names.ts'
import { element, joined, text, type Xml } from '../xml/write-xml.ts'
import { everywhere, type Property, type View } from './property.ts'
import { reportsOf } from './reports.ts'

/** The type of what a card is served as. */
export const cardType = 'text/vcard; charset=utf-8'

export const hrefTo = (path: string) => element('D:href', text(path))

export const webdavProperties: readonly Property[] = [
  {
    name: 'D:resourcetype',
    rfc: 'RFC 4918, 15.9',
    of: everywhere,
    isInAllprop: true,
    value: resourceType,
  },
  {
    name: 'D:displayname',
    rfc: 'RFC 4918, 15.2',
    of: everywhere,
    isInAllprop: true,
    isWritable: true,
    value: (resource, view) =>
      view.stored.get(nameOf('D:displayname'))?.value ?? nameFor(resource, view),
  },
  {
    name: 'D:getetag',
    rfc: 'RFC 4918, 15.6',
    of: ['card'],
    isInAllprop: true,
    value: (resource) => (resource.kind === 'card' ? text(etagOf(resource.file)) : undefined),
  },
  {
    name: 'D:getcontenttype',
    rfc: 'RFC 4918, 15.5',
    of: ['card'],
    isInAllprop: true,
    value: () => text(cardType),
  },
  {
    name: 'D:getcontentlength',
    rfc: 'RFC 4918, 15.4',
    of: ['card'],
    isInAllprop: true,
    value(resource) {
      const length = resource.kind === 'card' ? contentLength(resource.file) : undefined
      return length === undefined ? undefined : text(String(length))
    },
  },
  {
    name: 'D:getlastmodified',
    rfc: 'RFC 4918, 15.7',
    of: ['card'],
    isInAllprop: true,
    value: (resource) =>
      resource.kind === 'card' ? text(new Date(resource.file.updated_at).toUTCString()) : undefined,
  },
  {
    name: 'D:creationdate',
    rfc: 'RFC 4918, 15.1',
    of: ['card'],
    isInAllprop: true,
    value: (resource) =>
      resource.kind === 'card' ? text(new Date(resource.file.created_at).toISOString()) : undefined,
  },
  {
    name: 'D:supportedlock',
    rfc: 'RFC 4918, 15.10',
    of: everywhere,
    isInAllprop: true,
    // Empty: there are no locks.
    value: () => joined([]),
  },
  {
    name: 'D:lockdiscovery',
    rfc: 'RFC 4918, 15.8',
    of: everywhere,
    value: () => joined([]),
  },
  // There are no quotas; what clients write of them would be taken for one.
  { name: 'D:quota-available-bytes', rfc: 'RFC 4331, 3', of: [], value: () => undefined },
  { name: 'D:quota-used-bytes', rfc: 'RFC 4331, 4', of: [], value: () => undefined },
  {
    name: 'D:supported-report-set',
    rfc: 'RFC 3253, 3.1.5',
    of: everywhere,
    value: ({ kind }) =>
      joined(
        reportsOf(kind).map((name) =>
          element('D:supported-report', element('D:report', element(name))),
        ),
      ),
  },
  {
    name: 'D:sync-token',
    rfc: 'RFC 6578, 4',
    of: ['book'],
    value: (resource) => (resource.kind === 'book' ? text(resource.syncToken) : undefined),
  },
  {
    name: 'D:resource-id',
    rfc: 'RFC 5842, 3.1',
    of: ['principal', 'book', 'card'],
    value: (resource, { account }) => hrefTo(`urn:uuid:${resourceId(resource, account)}`),
  },
  {
    name: 'D:current-user-principal',
    rfc: 'RFC 5397, 3',
    of: everywhere,
    value: (_resource, { account }) => hrefTo(principalPath(account.userId)),
  },
]

/** The first book has no row of its own, and so no id: it has one that is made of its owner's. */
function resourceId(resource: Resource, { userId }: View['account']): string {
  if (resource.kind === 'card') return resource.file.id
  if (resource.kind !== 'book') return userId
  return resource.book.id === firstBookId ? uuidOf(`first book of ${userId}`) : resource.book.id
}

/** RFC 9562, 5.8. */
function uuidOf(text: string): string {
  const hex = createHash('sha256').update(text).digest('hex')
  return [
    hex.slice(0, 8),
    hex.slice(8, 12),
    `8${hex.slice(13, 16)}`,
    `8${hex.slice(17, 20)}`,
    hex.slice(20, 32),
  ].join('-')
}

function resourceType({ kind }: Resource): Xml {
  if (kind === 'card') return joined([])
  if (kind === 'principal') return joined([element('D:collection'), element('D:principal')])
  if (kind === 'book') return joined([element('D:collection'), element('C:addressbook')])
  return element('D:collection')
}

function nameFor(resource: Resource, { account }: View): Xml | undefined {
  const { kind } = resource
  if (kind === 'principal') return text(account.username)
  if (kind === 'home') return text('Address books')
  if (kind === 'card') return text(fileName(resource.file))
  if (kind === 'book') {
    return text(resource.book.slug === firstBookSlug ? 'Contacts' : resource.book.slug)
  }
  return text('Kith')
}
