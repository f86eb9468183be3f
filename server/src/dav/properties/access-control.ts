import { homePath, pathOf, principalPath } from '../paths.ts'
import type { Kind } from '../resource.ts'
import { description, element, joined, text, type Xml } from '../xml/write-xml.ts'
import { everywhere, type Property, type View } from './property.ts'
import { hrefTo } from './webdav.ts'

type Privilege = (typeof reading | typeof writing)[number]
const privilege = (name: Privilege) => element('D:privilege', element(`D:${name}`))

const reading = ['read', 'read-acl', 'read-current-user-privilege-set'] as const
const writing = ['write', 'write-properties', 'write-content', 'bind', 'unbind'] as const

/** What an app password allows: everything is the owner's, and access itself is not to be changed. */
function privilegesOf({ account }: View): Xml {
  const names = account.isReadOnly ? reading : [...reading, ...writing]
  return joined(names.map(privilege))
}

/** Whether it belongs to one account, and is no collection that all have. */
function isOwn(kind: Kind): boolean {
  return kind === 'principal' || kind === 'home' || kind === 'book' || kind === 'card'
}

/** The one entry of an access control list, which nobody changes. */
function granted(principal: Xml, privileges: readonly Privilege[]): Xml {
  return element(
    'D:ace',
    element('D:principal', principal),
    element('D:grant', ...privileges.map(privilege)),
    element('D:protected'),
  )
}

const described = (name: Privilege, what: string, ...inner: Xml[]) =>
  element('D:supported-privilege', privilege(name), description(what), ...inner)

const supported = element(
  'D:supported-privilege',
  element('D:privilege', element('D:all')),
  element('D:abstract'),
  description('All'),
  described(
    'read',
    'Read',
    described('read-acl', 'Read who may do what'),
    described('read-current-user-privilege-set', 'Read what one may do'),
  ),
  described(
    'write',
    'Write',
    described('write-properties', 'Write properties'),
    described('write-content', 'Write cards'),
    described('bind', 'Add'),
    described('unbind', 'Remove'),
  ),
)

export const accessControlProperties: readonly Property[] = [
  {
    name: 'D:owner',
    rfc: 'RFC 3744, 5.1',
    of: everywhere,
    value: ({ kind }, { account }) =>
      isOwn(kind) ? hrefTo(principalPath(account.userId)) : joined([]),
  },
  { name: 'D:group', rfc: 'RFC 3744, 5.2', of: everywhere, value: () => joined([]) },
  {
    name: 'D:supported-privilege-set',
    rfc: 'RFC 3744, 5.3',
    of: everywhere,
    value: () => supported,
  },
  {
    name: 'D:current-user-privilege-set',
    rfc: 'RFC 3744, 5.4',
    of: everywhere,
    value: ({ kind }, view) => (isOwn(kind) ? privilegesOf(view) : joined(reading.map(privilege))),
  },
  {
    name: 'D:acl',
    rfc: 'RFC 3744, 5.5',
    of: everywhere,
    value: ({ kind }, { account }) =>
      isOwn(kind)
        ? granted(hrefTo(principalPath(account.userId)), [...reading, ...writing])
        : granted(element('D:authenticated'), reading),
  },
  {
    name: 'D:acl-restrictions',
    rfc: 'RFC 3744, 5.6',
    of: everywhere,
    value: () => joined([element('D:grant-only'), element('D:no-invert')]),
  },
  { name: 'D:inherited-acl-set', rfc: 'RFC 3744, 5.7', of: everywhere, value: () => joined([]) },
  {
    name: 'D:principal-collection-set',
    rfc: 'RFC 3744, 5.8',
    of: everywhere,
    value: (_resource, { account }) => hrefTo(pathOf({ kind: 'principals' }, account.userId)),
  },
  {
    name: 'D:alternate-URI-set',
    rfc: 'RFC 3744, 4.1',
    of: ['principal'],
    value: (_resource, { account }) => hrefTo(`mailto:${account.email}`),
  },
  {
    name: 'D:principal-URL',
    rfc: 'RFC 3744, 4.2',
    of: ['principal'],
    value: (_resource, { account }) => hrefTo(principalPath(account.userId)),
  },
  { name: 'D:group-member-set', rfc: 'RFC 3744, 4.3', of: ['principal'], value: () => joined([]) },
  { name: 'D:group-membership', rfc: 'RFC 3744, 4.4', of: ['principal'], value: () => joined([]) },
  {
    name: 'C:addressbook-home-set',
    rfc: 'RFC 6352, 7.1.1',
    of: ['principal'],
    value: (_resource, { account }) => hrefTo(homePath(account.userId)),
  },
  {
    name: 'CS:email-address-set',
    rfc: 'calendarserver-extensions',
    of: ['principal'],
    value: (_resource, { account }) => element('CS:email-address', text(account.email)),
  },
]
