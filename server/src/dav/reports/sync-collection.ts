import { headNow, readUpTo } from '../../changes/changes.ts'
import { fromToken, type Position } from '../../changes/position.ts'
import { findFilesById } from '../../contacts/store/card-files.ts'
import { readChangedFiles, type ChangedFile } from '../../contacts/store/changed-files.ts'
import { AppError } from '../../errors.ts'
import { createPace } from '../../pace.ts'
import type { Call } from '../call.ts'
import { DavError, failed } from '../dav-error.ts'
import { statusResponse } from '../multistatus.ts'
import { depthOf, headerOf } from '../read-request.ts'
import { sendMultistatus } from '../reply.ts'
import { fileAt, type BookResource, type Resource } from '../resource.ts'
import { feedTokenIn, toSyncToken } from '../sync-state.ts'
import { childNamed, textOf, type XmlElement } from '../xml/element.ts'
import { element, joined, nothing, text, type Xml } from '../xml/write-xml.ts'
import { readCardReport, type CardReport } from './card-responses.ts'
import { limitIn } from './limit.ts'
import type { ReportCall } from './report-call.ts'

// Few enough that others are served in between.
const readAtOnce = 2_000
const cardsAtOnce = 100

/** What has changed in a book since a token (RFC 6578, 3). */
export async function syncCollection(call: ReportCall, resource: Resource, root: XmlElement) {
  if (resource.kind !== 'book') throw failed(403, 'D:supported-report', 'Books alone are synced.')
  // RFC 6578 asks for 0; clients send 1 as well, and the same is meant.
  if (depthOf(call.request) === 'infinity') throw new DavError(400, 'A sync has a depth of 0.')
  requireFirstLevel(root)
  const token = childNamed(root, 'D:sync-token')
  if (!token) throw new DavError(400, 'DAV:sync-collection needs a DAV:sync-token.')
  const since = positionIn(call, textOf(token).trim())
  // Of a book that was at this address before.
  const isOfAnother = since !== null && Math.max(since.modseq, since.start) < resource.book.modseq
  if (isOfAnother) throw invalidToken(headerOf(call.request, 'user-agent'))
  const limit = limitIn('D', root)
  const report = readCardReport(call, root)
  return sendMultistatus(call.reply, await begin(call, resource, { since, limit, report }))
}

type Sync = { since: Position | null; limit: number; report: CardReport }

/** Reads the first changes before the answer begins, so that a refusal is one. */
async function begin(
  call: ReportCall,
  resource: BookResource,
  sync: Sync,
): Promise<AsyncIterable<Xml>> {
  const first = await readSome(call, resource, sync.since, Math.min(sync.limit, readAtOnce))
  return responses(call, resource, sync, first)
}

type Changes = { rows: ChangedFile[]; next: Position; hasMore: boolean }

async function* responses(
  call: ReportCall,
  resource: BookResource,
  { limit, report }: Sync,
  first: Changes,
): AsyncGenerator<Xml> {
  let left = limit
  let changes = first
  for (;;) {
    yield* describeAll(call, resource, changes.rows, report)
    left -= changes.rows.length
    if (!changes.hasMore || left <= 0) break
    changes = await readSome(call, resource, changes.next, Math.min(left, readAtOnce))
  }
  if (changes.hasMore) {
    // RFC 6578, 3.6: the client asks again with the token of this answer.
    yield statusResponse(resource.href, 507, element('D:number-of-matches-within-limits'))
  }
  const { publicUrl } = call.services.config
  yield element('D:sync-token', text(toSyncToken(publicUrl, changes.next)))
}

async function readSome(
  { services, account, request, head }: ReportCall,
  { book }: BookResource,
  since: Position | null,
  limit: number,
): Promise<Changes> {
  const { database } = services
  try {
    const now = head ?? (await headNow(database, account.userId))
    return await readUpTo(now, since, limit, (range) =>
      readChangedFiles(database.read, account.userId, book.id, range),
    )
  } catch (error) {
    if (!(error instanceof AppError) || error.code !== 'sync_token_expired') throw error
    throw invalidToken(headerOf(request, 'user-agent'))
  }
}

async function* describeAll(
  { services, account: { userId } }: Call,
  { book: { slug } }: BookResource,
  rows: readonly ChangedFile[],
  { describe, needsCards }: CardReport,
): AsyncGenerator<Xml> {
  const pace = createPace()
  for (let at = 0; at < rows.length; at += cardsAtOnce) {
    const some = rows.slice(at, at + cardsAtOnce)
    const ids = some.flatMap(({ kind, id }) => (kind === 'file' ? id : []))
    const files = needsCards ? await findFilesById(services.database.read, userId, ids) : []
    const byId = new Map(files.map((file) => [file.id, file]))
    yield joined(some.map(describeOne))
    await pace()

    function describeOne(row: ChangedFile): Xml {
      const resource = fileAt(userId, slug, row)
      if (row.kind === 'removed') return statusResponse(resource.href, 404)
      const file = byId.get(row.id)
      // Removed since the changes were read: the next sync says so.
      if (needsCards && !file) return nothing
      return describe(file ? { ...resource, file } : resource, file)
    }
  }
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

function positionIn({ services, request }: Call, token: string): Position | null {
  if (token === '') return null
  const feedToken = feedTokenIn(services.config.publicUrl, token)
  const position = feedToken === undefined ? undefined : fromToken(feedToken)
  if (!position) throw invalidToken(headerOf(request, 'user-agent'))
  return position
}

/** Thunderbird stops for good at a 403, and begins anew at a 400 with the same body. */
function invalidToken(userAgent = ''): DavError {
  const status = /\bThunderbird\b/i.test(userAgent) ? 400 : 403
  return failed(status, 'D:valid-sync-token', 'The token is not good any more: begin without one.')
}
