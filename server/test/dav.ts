import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import {
  childNamed,
  childrenNamed,
  childrenOf,
  textOf,
  type XmlElement,
} from '../src/dav/xml/element.ts'
import { parseXml } from '../src/dav/xml/parse-xml.ts'
import { expectStatus, type Answer, type Person } from './people.ts'
import type { TestServer } from './server.ts'

type Headers = Record<string, string>

/** A program that syncs somebody's contacts. */
export type Phone = {
  userId: string
  home: string
  /** The address of the first book. */
  book: string
  password: string
  call(method: string, url: string, body?: string | Buffer, headers?: Headers): Promise<Answer>
  put(name: string, card: string | Buffer, headers?: Headers): Promise<Answer>
  propfind(url: string, depth: 0 | 1, ...names: string[]): Promise<Multistatus>
  report(url: string, body: string, headers?: Headers): Promise<Multistatus>
  sync(token: string, more?: string): Promise<Multistatus>
}

export type Multistatus = {
  /** By the addresses, in their order. */
  responses: Map<string, DavResponse>
  syncToken: string | undefined
  body: string
}
export type DavResponse = {
  /** Of the whole resource, where there are no properties. */
  status: number | undefined
  /** Texts by the names of properties that are there. */
  found: Map<string, string>
  elements: Map<string, XmlElement>
  /** The names of those that are not. */
  missing: Set<string>
}

/** Lets a program in by an app password of its own. */
export async function connectPhone(
  server: Pick<TestServer, 'inject'>,
  owner: Person,
  scope: 'read_write' | 'read_only' = 'read_write',
): Promise<Phone> {
  const made = await owner.post('/api/users/me/app-passwords', { name: 'Phone', scope })
  expectStatus(made, 201)
  const { password } = made.json()
  const userId = (await owner.get('/api/users/me')).json().id
  const authorization = basic(owner.email, password)
  const home = `/dav/addressbooks/${userId}/`
  const book = `${home}contacts/`
  const call: Phone['call'] = (method, url, payload, headers = {}) =>
    server.inject({
      method: method as 'GET',
      url,
      headers: { authorization, host: 'localhost:8000', ...headers },
      ...(payload !== undefined && { payload }),
    })
  const report: Phone['report'] = async (url, body, headers = {}) =>
    readMultistatus(await call('REPORT', url, body, { 'content-type': 'text/xml', ...headers }))
  return {
    userId,
    home,
    book,
    password,
    call,
    report,
    put: (name, card, headers = {}) =>
      call('PUT', book + name, card, { 'content-type': 'text/vcard; charset=utf-8', ...headers }),
    async propfind(url, depth, ...names) {
      const body = `<propfind xmlns="DAV:" xmlns:C="urn:ietf:params:xml:ns:carddav"
        xmlns:CS="http://calendarserver.org/ns/"><prop>${names.map((name) => `<${name}/>`).join('')}</prop></propfind>`
      return readMultistatus(await call('PROPFIND', url, body, { depth: String(depth) }))
    },
    sync: (token, more = '') =>
      report(
        book,
        `<sync-collection xmlns="DAV:"><sync-token>${token}</sync-token><sync-level>1</sync-level>
        ${more}<prop><getetag/></prop></sync-collection>`,
      ),
  }
}

export function basic(email: string, password: string): string {
  return `Basic ${Buffer.from(`${email}:${password}`).toString('base64')}`
}

export function readMultistatus(answer: Answer): Multistatus {
  expectStatus(answer, 207)
  const root = parseXml(answer.rawPayload)
  assert.equal(root.name, '{DAV:}multistatus')
  const token = childNamed(root, 'D:sync-token')
  return {
    responses: new Map(
      childrenNamed(root, 'D:response').map((one) => [textIn(one, 'D:href'), readResponse(one)]),
    ),
    syncToken: token && textOf(token),
    body: answer.body,
  }
}

function readResponse(element: XmlElement): DavResponse {
  const response: DavResponse = {
    status: statusIn(element),
    found: new Map(),
    elements: new Map(),
    missing: new Set(),
  }
  for (const propstat of childrenNamed(element, 'D:propstat')) {
    const props = childrenNamed(propstat, 'D:prop').flatMap(childrenOf)
    for (const prop of props) {
      if (statusIn(propstat) !== 200) response.missing.add(prop.name)
      else {
        response.found.set(prop.name, textOf(prop))
        response.elements.set(prop.name, prop)
      }
    }
  }
  return response
}

function statusIn(element: XmlElement): number | undefined {
  const status = childNamed(element, 'D:status')
  return status && Number(/^HTTP\/1\.1 (\d{3}) /.exec(textOf(status))?.[1])
}

function textIn(element: XmlElement, name: 'D:href'): string {
  const child = childNamed(element, name)
  return child ? textOf(child) : ''
}

/** The precondition in an error (RFC 4918, 16). */
export function conditionIn(answer: Answer): string | undefined {
  const root = parseXml(answer.rawPayload)
  assert.equal(root.name, '{DAV:}error')
  return childrenOf(root)[0]?.name
}

/** A small card in 3.0. */
export function cardFor(name: string, lines: string[] = [], uid: string = randomUUID()): string {
  const all = ['BEGIN:VCARD', 'VERSION:3.0', `UID:${uid}`, `FN:${name}`, `N:;${name};;;`, ...lines]
  return [...all, 'END:VCARD', ''].join('\r\n')
}
