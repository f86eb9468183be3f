import { readAtOnce } from '../../changes/changes.ts'
import { fromToken, type Position } from '../../changes/position.ts'
import type { Range } from '../../changes/queries.ts'
import {
  fileName,
  findFilesById,
  type MadeFile,
  type TaggedFile,
} from '../../contacts/store/card-files.ts'
import type { ChangedFile } from '../../contacts/store/changed-files.ts'
import { AppError } from '../../errors.ts'
import { createPace } from '../../pace.ts'
import { readAhead } from '../../read-ahead.ts'
import { readManyBy, type Call } from '../call.ts'
import { DavError, failed } from '../dav-error.ts'
import { isSamePlace, withCards, withTags } from '../known-files.ts'
import { statusResponse } from '../multistatus.ts'
import { prepareBook } from '../prepare-book.ts'
import { depthOf, headerOf } from '../read-request.ts'
import { sendMultistatus } from '../reply.ts'
import { fileAt, type BookTarget, type Target } from '../resource.ts'
import { readBookChanges } from '../store.ts'
import { feedTokenIn, toSyncToken } from '../sync-state.ts'
import { childNamed, textOf, type XmlElement } from '../xml/element.ts'
import { element, joined, nothing, text, type Xml } from '../xml/write-xml.ts'
import { readCardReport, type CardReport } from './card-responses.ts'
import { limitIn } from './limit.ts'

// Few enough that others are served in between.
const atOnce = 1_000
const cardsAtOnce = 100

/** What has changed in a book since a token (RFC 6578, 3). */
export async function syncCollection(call: Call, target: Target, root: XmlElement) {
  if (target.kind !== 'book') throw failed(403, 'D:supported-report', 'Books alone are synced.')
  // RFC 6578 asks for 0; clients send 1 as well, and the same is meant.
  if (depthOf(call.request) === 'infinity') throw new DavError(400, 'A sync has a depth of 0.')
  requireFirstLevel(root)
  const token = childNamed(root, 'D:sync-token')
  if (!token) throw new DavError(400, 'DAV:sync-collection needs a DAV:sync-token.')
  const since = positionIn(call, target.book.slug, textOf(token).trim())
  // Of a book that was at this address before.
  const isOfAnother = since !== null && Math.max(since.modseq, since.start) < target.book.modseq
  if (isOfAnother) throw invalidToken(headerOf(call.request, 'user-agent'))
  const limit = limitIn('D', root)
  const report = await readCardReport(call, root)
  const changes = readAhead(readAll(call, target, since, limit))
  return sendMultistatus(call.reply, responses(call, target, changes, report))
}

type Changes = { rows: ChangedFile[]; next: Position; hasMore: boolean }

async function* responses(
  call: Call,
  target: BookTarget,
  changes: AsyncIterable<Changes>,
  report: CardReport,
): AsyncGenerator<Xml> {
  let last: Changes | undefined
  for await (const some of changes) {
    yield* describeAll(call, target, some.rows, report)
    last = some
  }
  if (!last) return
  if (last.hasMore) {
    // RFC 6578, 3.6: the client asks again with the token of this answer.
    yield statusResponse(target.href, 507, element('D:number-of-matches-within-limits'))
  }
  const { publicUrl } = call.services.config
  yield element('D:sync-token', text(toSyncToken(publicUrl, target.book.slug, last.next)))
}

/** All changes since a position up to a limit, some at a time, with each name that is gone once. */
async function* readAll(
  call: Call,
  target: BookTarget,
  since: Position | null,
  limit: number,
): AsyncGenerator<Changes> {
  const isNew = notToldAsGone()
  let left = limit
  for (let from = since; left > 0;) {
    const changes = await readSome(call, target, from, Math.min(left, atOnce))
    const rows = changes.rows.filter(isNew)
    yield { ...changes, rows }
    if (!changes.hasMore) return
    left -= rows.length
    from = changes.next
  }
}

/**
 * Leaves out what an answer told already: a name is gone as often as a file lost it, and stands in an answer once
 * (RFC 4918, 14.24).
 */
function notToldAsGone(): (row: ChangedFile) => boolean {
  const gone = new Set<string>()
  return (row) => {
    const name = fileName(row)
    const wasTold = gone.has(name)
    if (row.kind === 'removed') gone.add(name)
    // There again: others write while an answer is read in parts.
    else gone.delete(name)
    return row.kind === 'file' || !wasTold
  }
}

async function readSome(
  call: Call,
  { book }: BookTarget,
  since: Position | null,
  limit: number,
): Promise<Changes> {
  try {
    return await readAtOnce(since, limit, (range) => readReady(call, book.id, range))
  } catch (error) {
    if (!(error instanceof AppError) || error.code !== 'sync_token_expired') throw error
    throw invalidToken(headerOf(call.request, 'user-agent'))
  }
}

/** The book is prepared only where something in it has no card yet, or is a group behind its label. */
async function readReady(call: Call, bookId: string, range: Omit<Range, 'upTo'>) {
  const read = readManyBy(call.services)
  const { userId } = call.account
  const found = await readBookChanges(read, userId, bookId, range)
  if (found?.head.is_ready) return found
  const head = await prepareBook(call)
  return (await readBookChanges(read, userId, bookId, range)) ?? { head, rows: [] }
}

async function* describeAll(
  call: Call,
  { book: { slug } }: BookTarget,
  rows: readonly ChangedFile[],
  { describe, needsCards }: CardReport,
): AsyncGenerator<Xml> {
  const { userId } = call.account
  const pace = createPace()
  for (let at = 0; at < rows.length; at += cardsAtOnce) {
    const some = rows.slice(at, at + cardsAtOnce)
    const changed = some.filter(({ kind }) => kind === 'file')
    const files = needsCards ? await readCards(call, changed) : await withTags(call, changed)
    const byId = new Map<string, TaggedFile | MadeFile>(files.map((file) => [file.id, file]))
    yield joined(some.map(describeOne))
    await pace()

    function describeOne(row: ChangedFile): Xml {
      if (row.kind === 'removed') return statusResponse(fileAt(userId, slug, row).href, 404)
      const file = byId.get(row.id)
      // Elsewhere since the changes were read: the next sync says so.
      if (!file || !isSamePlace(file, row)) return nothing
      return describe(fileAt(userId, slug, file), 'card' in file ? file : undefined)
    }
  }
}

async function readCards(call: Call, files: readonly ChangedFile[]): Promise<MadeFile[]> {
  const ids = files.map(({ id }) => id)
  return withCards(call, await findFilesById(readManyBy(call.services), call.account.userId, ids))
}

/** RFC 6578, 6.3; clients of its drafts leave the level out. */
function requireFirstLevel(root: XmlElement) {
  const element = childNamed(root, 'D:sync-level')
  const level = element ? textOf(element).trim() : '1'
  if (level === 'infinite') {
    throw failed(403, 'D:sync-traversal-supported', 'A sync has the level 1.')
  }
  if (level !== '1') throw new DavError(400, 'DAV:sync-level is neither 1 nor infinite.')
}

function positionIn({ services, request }: Call, slug: string, token: string): Position | null {
  if (token === '') return null
  const feedToken = feedTokenIn(services.config.publicUrl, slug, token)
  const position = feedToken === undefined ? undefined : fromToken(feedToken)
  if (!position) throw invalidToken(headerOf(request, 'user-agent'))
  return position
}

/** Thunderbird stops for good at a 403, and begins anew at a 400 with the same body. */
function invalidToken(userAgent = ''): DavError {
  const status = /\bThunderbird\b/i.test(userAgent) ? 400 : 403
  return failed(status, 'D:valid-sync-token', 'The token is not good any more: begin without one.')
}
