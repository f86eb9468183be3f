import { homePath, pathOf, principalPath } from '../paths.ts'
import { element, joined, text, type Xml } from '../xml/write-xml.ts'
import { everywhere, type Property, type View } from './property.ts'
import { hrefTo } from './webdav.ts'

const privilege = (name: (typeof reading | typeof writing)[number]) =>
  element('D:privilege', element(`D:${name}`))

const reading = ['read', 'read-acl', 'read-current-user-privilege-set'] as const
const writing = ['write', 'write-properties', 'write-content', 'bind', 'unbind'] as const

/** What an app password allows: everything is the owner's, and access itself is not to be changed. */
function privilegesOf({ account }: View): Xml {
  const names = account.isReadOnly ? reading : [...reading, ...writing]
  return joined(names.map(privilege))
}

const described = (
  name: (typeof reading | typeof writing)[number],
  what: string,
  ...inner: Xml[]
) =>
  element('D:supported-privilege', privilege(name), element('D:description', text(what)), ...inner)

const supported = element(
  'D:supported-privilege',
  element('D:privilege', element('D:all')),
  element('D:abstract'),
  element('D:description', text('All')),
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
    of: ['principal', 'home', 'book', 'card'],
    value: (_resource, { account }) => hrefTo(principalPath(account.userId)),
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
    value: ({ kind }, view) => {
      const isOwn = kind === 'principal' || kind === 'home' || kind === 'book' || kind === 'card'
      return isOwn ? privilegesOf(view) : joined(reading.map(privilege))
    },
  },
  {
    name: 'D:acl',
    rfc: 'RFC 3744, 5.5',
    of: ['principal', 'home', 'book', 'card'],
    value: (_resource, { account }) =>
      element(
        'D:ace',
        element('D:principal', hrefTo(principalPath(account.userId))),
        element('D:grant', ...[...reading, ...writing].map(privilege)),
        element('D:protected'),
      ),
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
