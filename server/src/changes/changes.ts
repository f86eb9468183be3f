import type { Ask } from '../db/ask.ts'
import type { OpenDatabase } from '../db/database.ts'
import { AppError } from '../errors.ts'
import type { Position } from './position.ts'
import {
  findHead,
  insertOwner,
  maxPositionAgeDays,
  readChanges,
  type ChangeRow,
  type Head,
  type Range,
  type View,
} from './queries.ts'

type Reading = Pick<OpenDatabase, 'read' | 'write'>

/** Some changes of a book in their order, and how to read on. */
export type Changes<V extends View> = {
  rows: ChangeRow<V>[]
  next: Position
  /** Whether there were more already. */
  hasMore: boolean
}

/**
 * What has changed in a book since a position: each contact and label that is there once, as it is
 * now, and each that is gone, in the order of their last changes. Reading on from `next` misses no
 * change and repeats none, whatever is written meanwhile: a change gets its number under the lock of
 * the owner, so that whoever sees a change sees every one before it.
 * @param since null for all that is there
 * @throws AppError `gone` where the position is not good any more
 */
export function changesSince<V extends View>(
  reading: Reading,
  ownerId: string,
  since: Position | null,
  { limit, view }: { limit: number; view: V },
): Promise<Changes<V>> {
  const { read } = reading
  return readSince(reading, ownerId, since, limit, (range) =>
    readChanges(read, ownerId, range, view),
  )
}

/** The same of whatever `readRange` finds in a range of changes, in their order. */
export async function readSince<Row extends { change: number }>(
  reading: Reading,
  ownerId: string,
  since: Position | null,
  limit: number,
  readRange: (range: Range) => Promise<Row[]>,
): Promise<Page<Row>> {
  const head = await headNow(reading, ownerId)
  const from = startIn(head, since)
  // Read later than the head, and up to it: what changed in between is behind `next`.
  const range = { after: from.modseq, start: from.start, upTo: head.modseq, limit: limit + 1 }
  return pageOf(head, from, limit, await readRange(range))
}

/**
 * The same where one statement reads the changes and where the book is: from the same moment, so that no change
 * is behind that.
 */
export async function readAtOnce<Row extends { change: number }>(
  since: Position | null,
  limit: number,
  read: (range: Omit<Range, 'upTo'>) => Promise<{ head: Head; rows: Row[] }>,
): Promise<Page<Row>> {
  const { modseq: after, start } = since ?? { modseq: 0, start: Number.MAX_SAFE_INTEGER }
  const { head, rows } = await read({ after, start, limit: limit + 1 })
  return pageOf(head, startIn(head, since), limit, rows)
}

type Page<Row> = { rows: Row[]; next: Position; hasMore: boolean }

function startIn(head: Head, since: Position | null): Position {
  return since ? validIn(head, since) : beginning(head)
}

/** @param found one row more than the limit where there are more */
function pageOf<Row extends { change: number }>(
  head: Head,
  from: Position,
  limit: number,
  found: Row[],
): Page<Row> {
  const rows = found.slice(0, limit)
  const last = rows.at(-1)
  const hasMore = found.length > limit && last !== undefined
  return { rows, next: hasMore ? within(from, last.change) : positionAt(head), hasMore }
}

/** The position behind all that is in a book now. */
export async function positionNow(reading: Reading, ownerId: string): Promise<Position> {
  return positionAt(await headNow(reading, ownerId))
}

/** Where a book is now; a new account has a row by then. */
export async function headNow(reading: Reading, ownerId: string): Promise<Head> {
  const head = await findHead(reading.read, ownerId)
  if (head) return head
  await insertOwner(reading.write, ownerId)
  return headNow(reading, ownerId)
}

/**
 * Where a book is now, for who waits for its next change.
 * @throws AppError `gone` where the position is not good any more
 */
export async function headSince(read: Ask, ownerId: string, since: Position): Promise<Head> {
  const head = await findHead(read, ownerId)
  if (!head) throw expired()
  validIn(head, since)
  return head
}

/** The position behind the last change. */
export function positionAt({ epoch, modseq, today }: Head): Position {
  return { epoch, modseq, start: 0, day: today }
}

function beginning({ epoch, modseq, today }: Head): Position {
  return { epoch, modseq: 0, start: modseq, day: today }
}

/** The position behind a change, where more is to be read. */
function within({ epoch, start, day }: Position, modseq: number): Position {
  return { epoch, modseq, start: modseq < start ? start : 0, day }
}

/** The position, if it is one of this book, and everything that is gone since is still known. */
function validIn({ modseq, epoch, today }: Head, since: Position): Position {
  // A clock that was ahead is no reason to keep a position for longer.
  const isNow = since.day <= today + 1 && since.day >= today - maxPositionAgeDays
  const isHere = since.epoch === epoch && since.modseq <= modseq && since.start <= modseq
  if (!isNow || !isHere) throw expired()
  return since
}

function expired(): AppError {
  const detail = 'The token is not good any more: begin again without one.'
  return new AppError('gone', 'sync_token_expired', detail)
}
