import type { FastifyRequest } from 'fastify'
import type { ListedFile } from '../contacts/store/card-files.ts'
import { stale } from './dav-error.ts'
import { readHttpDate } from './http-date.ts'
import { readIfHeader, type ConditionList } from './if-header.ts'
import { headerOf } from './read-request.ts'

/** What a request depends on: a card, a collection, or undefined for nothing. Some have no tag that could hold. */
type State = Tagged | 'collection' | undefined
type Tagged = Pick<ListedFile, 'card_etag' | 'updated_at'>

/** What the lists of `If` may name beside the resource of a request, by the path that they name. */
export type Elsewhere = {
  /** The token that the next sync of an address book would begin with. */
  syncTokenAt: (path: string) => string | undefined
  cardAt: (path: string) => Tagged | undefined
}

const nothing: Elsewhere = { syncTokenAt: () => undefined, cardAt: () => undefined }

/** Whether a resource is as the headers of a request expect it. */
export type Conditions = {
  /** @throws {DavError} 412 */
  require: (state: State) => void
  /** The same without an exception. */
  allows: (state: State) => boolean
}

/**
 * The conditions of a write (RFC 9110, 13.2.2, and RFC 4918, 10.4). They are to be asked of the state that
 * the write then replaces.
 * @param elsewhere also the sync token of the book that the request is about (RFC 6578, 5)
 * @throws {DavError} 400
 */
export function conditionsOf(
  request: Pick<FastifyRequest, 'headers' | 'url'>,
  elsewhere: Elsewhere = nothing,
): Conditions {
  const ifMatch = headerOf(request, 'if-match')
  const ifNoneMatch = comparedWeakly(headerOf(request, 'if-none-match'))
  const unmodifiedSince = timeOf(headerOf(request, 'if-unmodified-since'))
  const header = headerOf(request, 'if')
  const lists = header === undefined ? undefined : readIfHeader(header)
  const allows = (state: State) => {
    if (ifMatch !== undefined && !isAmong(ifMatch, state)) return false
    const isLater =
      ifMatch === undefined &&
      unmodifiedSince !== undefined &&
      typeof state === 'object' &&
      secondsOf(state.updated_at) > unmodifiedSince
    if (isLater || (ifNoneMatch !== undefined && isAmong(ifNoneMatch, state))) return false
    return lists === undefined || isListed(lists, request.url, state, elsewhere)
  }
  return {
    allows,
    require(state) {
      if (!allows(state)) throw stale()
    },
  }
}

/**
 * The paths of other resources whose entity tags the lists of `If` name (RFC 4918, 10.4.2).
 * @throws {DavError} 400
 */
export function otherTaggedPaths(request: Pick<FastifyRequest, 'headers' | 'url'>): string[] {
  const header = headerOf(request, 'if')
  const lists = header === undefined ? [] : readIfHeader(header)
  const tagged = lists.filter(({ conditions }) => conditions.some(({ tag }) => tag !== undefined))
  const named = new Set(tagged.map(({ about = request.url }) => pathOf(about)))
  named.delete(pathOf(request.url))
  return [...named]
}

/** Whether a reader has this state already (RFC 9110, 13.1.2 and 13.1.3). */
export function isFreshFor(request: FastifyRequest, state: Tagged): boolean {
  const ifNoneMatch = comparedWeakly(headerOf(request, 'if-none-match'))
  if (ifNoneMatch !== undefined) return isAmong(ifNoneMatch, state)
  const since = timeOf(headerOf(request, 'if-modified-since'))
  return since !== undefined && secondsOf(state.updated_at) <= since
}

/** The tags of a header whose weakness makes no difference (RFC 9110, 13.1.2). */
function comparedWeakly(header: string | undefined): string | undefined {
  return header?.replaceAll(/(^|,)\s*W\//g, '$1')
}

/** Whether a list of tags names this state; `*` names any. */
function isAmong(header: string, state: State): boolean {
  if (state === undefined) return false
  const tags = header.split(',').map((tag) => tag.trim())
  return tags.includes('*') || tags.some((tag) => isTagOf(tag, state))
}

/**
 * Some clients leave the quotes out, or escape them, and proxies that compress add the coding. A weak tag is
 * none that a write may depend on; ours never are.
 */
function isTagOf(tag: string, state: NonNullable<State>): boolean {
  if (state === 'collection' || state.card_etag === null) return false
  const plain = tag.replaceAll('\\"', '"').replace(/^"?(.*?)"?$/, '$1')
  return plain.replace(/-(?:gzip|br|zstd|deflate)$/, '') === state.card_etag
}

/**
 * RFC 4918, 10.4: one of the lists holds. Tags can hold, and the sync token of the book; nothing is ever
 * locked.
 * @param path of the resource that the state is of; a list may be about another one
 */
function isListed(
  lists: readonly ConditionList[],
  path: string,
  state: State,
  { syncTokenAt, cardAt }: Elsewhere,
): boolean {
  return lists.some(({ about = path, conditions }) => {
    const there = pathOf(about)
    const stateThere = there === pathOf(path) ? state : cardAt(there)
    const syncToken = syncTokenAt(there)
    return conditions.every(({ isNegated, token, tag }) => {
      const isTrue =
        tag === undefined
          ? syncToken !== undefined && token === syncToken
          : stateThere !== undefined && isTagOf(tag, stateThere)
      return isTrue !== isNegated
    })
  })
}

/**
 * The path of an address, in one of the spellings that escapes allow. The host does not matter: who sends it knows
 * ours by several names.
 */
function pathOf(address: string): string {
  const path = address.trim().replace(/^[a-z][\w+.-]*:\/\/[^/]*/i, '')
  const { pathname } = URL.parse(path, 'http://kith.invalid') ?? { pathname: path }
  return pathname.replace(/\/$/, '').split('/').map(respelled).join('/')
}

function respelled(segment: string): string {
  try {
    return encodeURIComponent(decodeURIComponent(segment))
  } catch {
    return segment
  }
}

/** HTTP knows whole seconds. */
function secondsOf(time: string | number): number {
  return Math.floor(new Date(time).getTime() / 1000)
}

/** In seconds; what is no date of HTTP is no condition (RFC 9110, 13.1.3 and 13.1.4). */
function timeOf(header: string | undefined): number | undefined {
  const time = header === undefined ? undefined : readHttpDate(header)
  return time === undefined ? undefined : secondsOf(time)
}
