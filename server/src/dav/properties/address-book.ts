import { memberPath } from '../paths.ts'
import { nameOf } from '../xml/names.ts'
import { element, elementWith, joined, text } from '../xml/write-xml.ts'
import type { Property } from './property.ts'
import { hrefTo } from './webdav.ts'

/** The collations of text matches (RFC 6352, 8.3); the first one where none is named. */
export const collations = ['i;unicode-casemap', 'i;ascii-casemap', 'i;octet'] as const

export const addressBookProperties: readonly Property[] = [
  {
    name: 'C:addressbook-description',
    rfc: 'RFC 6352, 6.2.1',
    of: ['book'],
    isWritable: true,
    value: (_resource, { stored }) => stored.get(nameOf('C:addressbook-description'))?.value,
  },
  {
    name: 'C:supported-address-data',
    rfc: 'RFC 6352, 6.2.2',
    of: ['book'],
    // 4.0 is read and written as well, for who asks by name; announced, programs would write it that
    // other programs cannot read.
    value: () =>
      elementWith('C:address-data-type', { 'content-type': 'text/vcard', version: '3.0' }),
  },
  {
    name: 'C:max-resource-size',
    rfc: 'RFC 6352, 6.2.3',
    of: ['book'],
    value: (_resource, { maxCardSize }) => text(String(maxCardSize)),
  },
  {
    name: 'C:supported-collation-set',
    rfc: 'RFC 6352, 8.3.1',
    of: ['book', 'card'],
    value: () => joined(collations.map((one) => element('C:supported-collation', text(one)))),
  },
  {
    name: 'D:add-member',
    rfc: 'RFC 5995, 3.2.1',
    of: ['book'],
    value: (resource, { account }) =>
      resource.kind === 'book' ? hrefTo(memberPath(account.userId, resource.book.slug)) : undefined,
  },
  {
    name: 'CS:getctag',
    rfc: 'caldav-ctag',
    of: ['book'],
    value: (resource) => (resource.kind === 'book' ? text(resource.ctag) : undefined),
  },
]
