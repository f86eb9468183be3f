import type { DavBook } from './client.ts'

const carddav = 'xmlns="DAV:" xmlns:C="urn:ietf:params:xml:ns:carddav"'
/** The cards that are asked for in one call. */
export const hrefsAtOnce = 100
const changesAtOnce = 10

/** A call of a sync, and how fast the issue of CardDAV wants it to be, in ms of one connection. */
export type MeasuredCall = {
  name: string
  wantedMs: number
  /** What happens before each time. */
  prepare?: () => Promise<void>
  run: () => Promise<unknown>
}

/** The calls that a program syncs with, on a book of so many cards. */
export function createCalls(book: DavBook, cards: number): MeasuredCall[] {
  const { client, path } = book
  const hrefs = Array.from({ length: Math.min(hrefsAtOnce, cards) }, (_, at) => {
    return path + nameOf(Math.floor((at * cards) / hrefsAtOnce))
  })
  const multiget = multigetBody(hrefs)
  const query = `<C:addressbook-query ${carddav}><prop><getetag/><C:address-data/></prop>
    <C:filter><C:prop-filter name="FN"><C:text-match>person 12</C:text-match></C:prop-filter>
    </C:filter></C:addressbook-query>`
  const propfind = '<propfind xmlns="DAV:"><prop><getetag/></prop></propfind>'
  const sync = (token: string) => client.call('REPORT', path, syncBody(token))
  let token = ''
  let round = 0
  const changeSome = async () => {
    token = tokenIn((await sync('')).text)
    round++
    for (let at = 0; at < changesAtOnce; at++) await putCard(book, at, round)
  }
  return [
    {
      name: 'PROPFIND, depth 1',
      wantedMs: 40,
      run: () => client.call('PROPFIND', path, propfind, { depth: '1' }),
    },
    { name: 'multiget of 100', wantedMs: 6, run: () => client.call('REPORT', path, multiget) },
    { name: 'query by text', wantedMs: 60, run: () => client.call('REPORT', path, query) },
    { name: 'first sync', wantedMs: 60, run: () => sync('') },
    {
      name: 'sync after ten changes',
      wantedMs: 2,
      prepare: changeSome,
      run: () => sync(token),
    },
  ]
}

/** @param version makes another card of the same contact */
export async function putCard({ client, path }: DavBook, at: number, version = 0) {
  const headers = { 'content-type': 'text/vcard; charset=utf-8' }
  await client.call('PUT', path + nameOf(at), cardOf(at, version), headers)
}

export function cardOf(at: number, version = 0): string {
  const lines = [
    'BEGIN:VCARD',
    'VERSION:3.0',
    `UID:${uidOf(at)}`,
    `FN:Person ${at} Lovelace`,
    `N:Lovelace;Person ${at};;;`,
    `EMAIL;TYPE=HOME:person${at}@example.org`,
    `TEL;TYPE=CELL:+4930${100_000 + at}`,
    `ORG:Company ${at % 50}`,
    `ADR;TYPE=HOME:;;Street ${at};Berlin;;10115;Germany`,
    `NOTE:Note ${version} of person ${at}\\, a little longer than a line of a card may be`,
    'END:VCARD',
    '',
  ]
  return lines.join('\r\n')
}

function nameOf(at: number): string {
  return `${uidOf(at)}.vcf`
}

function uidOf(at: number): string {
  return `bench-${at}`
}

/** Asks for cards by their paths. */
export function multigetBody(hrefs: readonly string[]): string {
  return `<C:addressbook-multiget ${carddav}><prop><getetag/><C:address-data/></prop>
    ${hrefs.map((href) => `<href>${href}</href>`).join('')}</C:addressbook-multiget>`
}

/** Asks for what has changed since a token; an empty one asks for everything. */
export function syncBody(token: string): string {
  return `<sync-collection xmlns="DAV:"><sync-token>${token}</sync-token>
    <sync-level>1</sync-level><prop><getetag/></prop></sync-collection>`
}

function tokenIn(answer: string): string {
  return /<(?:\w+:)?sync-token>([^<]*)</.exec(answer)?.[1] ?? ''
}
