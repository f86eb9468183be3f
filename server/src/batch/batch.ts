import { randomUUIDv7 } from 'node:crypto'
import { hashOf } from '../contacts/answer-once.ts'
import { findCardSizes } from '../contacts/store/find-many.ts'
import { findAnswers, findAnswerSizes, keepAnswers } from '../contacts/store/idempotency-keys.ts'
import { inBook, type Author, type LockedBook } from '../contacts/store/locked-book.ts'
import type { OpenDatabase } from '../db/database.ts'
import { isDataError } from '../db/errors.ts'
import { useGenericPlans } from '../db/generic-plans.ts'
import { AppError } from '../errors.ts'
import type { Logger } from '../log.ts'
import { createPace } from '../pace.ts'
import {
  readName,
  readOperation,
  sentName,
  type Operation,
  type SentOperation,
} from './read-operation.ts'
import { failure, type Result } from './result.ts'
import { writeOperations } from './write-operations.ts'

// What one transaction does while other writers of the book wait for it: so many operations, and about
// so many octets of cards, since some hold photos, and of results that were kept.
const operationsAtOnce = 100
const octetsAtOnce = 2 * 1024 * 1024
/** Octets of an answer, beyond which no operation is carried out any more. */
const answerOctets = 32 * 1024 * 1024
/**
 * Beyond these, kept results are not given again either. No batch has more to give: what one transaction
 * adds to the octets above is far less than the difference.
 */
const repeatedOctets = 2 * answerOctets

const operationName = 'batch'

/** An operation as it was read, or why it could not be. */
type Named = {
  /** As it was sent. */
  name: string
  /** The same in lower case, under which its result is kept. */
  opId: string
  requestHash: Buffer
  operation: Operation | AppError
}
/** One under whose name no result can be kept. */
type Unnamed = { name: string | null; opId: null; requestHash: null; operation: AppError }
type Prepared = Named | Unnamed
type Answered = { requestHash: Buffer; answer: string }

/** Who asks for a batch, and where errors are noted. */
type Call = { author: Author; instance: string; log: Logger }

/**
 * Carries out operations on contacts in their order, each by itself: as a whole or not at all. The
 * result of each is kept in the same transaction, and given again for seven days.
 * @returns the results as JSON
 */
export async function carryOut(
  database: Pick<OpenDatabase, 'transaction'>,
  call: Call,
  operations: readonly unknown[],
): Promise<string[]> {
  const prepared = await prepare(operations)
  const answers: string[] = []
  let octets = 0
  // Up to here they are carried out one by one, since together they failed.
  let oneByOne = 0
  while (answers.length < prepared.length) {
    const start = answers.length
    const some = prepared.slice(start, start + (start < oneByOne ? 1 : operationsAtOnce))
    try {
      const done =
        octets > repeatedOctets
          ? some.map(({ name }) => textOf(name, withoutRoom(call)))
          : await carryOutSome(database, call, some, octets <= answerOctets)
      answers.push(...done)
      for (const { length } of done) octets += length
    } catch (error) {
      if (!isDataError(error)) throw error
      if (some.length > 1) oneByOne = start + some.length
      else {
        call.log.error({ id: call.instance, err: error }, 'an operation of a batch failed')
        answers.push(...some.map(({ name }) => textOf(name, failure(undefined, call.instance))))
      }
    }
  }
  return answers
}

async function prepare(operations: readonly unknown[]): Promise<Prepared[]> {
  const pace = createPace()
  const prepared: Prepared[] = []
  for (const sent of operations) {
    prepared.push(prepareOne(sent))
    await pace()
  }
  return prepared
}

function prepareOne(sent: unknown): Prepared {
  const named = readName(sent)
  if (named instanceof AppError)
    return { name: sentName(sent), opId: null, requestHash: null, operation: named }
  const { op_id: name, ...content } = named
  return { name, opId: name.toLowerCase(), requestHash: hashOf(content), operation: read(named) }
}

function read(sent: SentOperation): Operation | AppError {
  try {
    return readOperation(sent)
  } catch (error) {
    if (error instanceof AppError) return error
    throw error
  }
}

/**
 * Carries out the first of some operations: as many as one transaction takes, one at the least.
 * @param mayWrite or else only gives the results that were kept
 */
function carryOutSome(
  database: Pick<OpenDatabase, 'transaction'>,
  call: Call,
  some: readonly Prepared[],
  mayWrite: boolean,
): Promise<string[]> {
  const { author, instance } = call
  return inBook(database, author, async (book) => {
    await useGenericPlans(book.ask)
    const { count, keptIds } = await chooseFitting(book, some)
    const fitting = some.slice(0, count)
    const named = fitting.filter(isNamed)
    const answered = await findAnswers(book.ask, book.ownerId, operationName, keptIds)
    const fresh = mayWrite ? firstOfEach(named.filter(({ opId }) => !answered.has(opId))) : []
    const results = await resultsOf(book, fresh, instance)
    const done = fresh.flatMap(({ opId, requestHash }, at) => {
      const result = results[at]
      return result ? [{ key: opId, requestHash, answer: textOf(opId, result) }] : []
    })
    await keepAnswers(book.ask, book.ownerId, operationName, done)
    for (const { key, requestHash, answer } of done) answered.set(key, { requestHash, answer })
    return fitting.map((one) => answerTo(one, answered, call))
  })
}

function isNamed(prepared: Prepared): prepared is Named {
  return prepared.requestHash !== null
}

/**
 * How many operations go by before their cards, or the results that were kept of them, are more than one
 * transaction reads, and of which there are results. A card counts each time, since every change of it has a
 * result and a revision.
 */
async function chooseFitting({ ask, ownerId }: LockedBook, some: readonly Prepared[]) {
  const named = some.filter(isNamed)
  const ids = named.map(idOf).filter((id) => id !== null)
  const opIds = named.map(({ opId }) => opId)
  const cards = await findCardSizes(ask, ownerId, ids)
  const kept = await findAnswerSizes(ask, ownerId, operationName, opIds)
  let octets = 0
  const end = some.findIndex((one, at) => {
    const id = idOf(one)
    octets += kept.get(one.opId ?? '') ?? (id === null ? 0 : (cards.get(id) ?? 0))
    return octets > octetsAtOnce && at > 0
  })
  const count = end < 0 ? some.length : end
  const keptIds = some
    .slice(0, count)
    .flatMap(({ opId }) => (kept.has(opId ?? '') ? [opId ?? ''] : []))
  return { count, keptIds }
}

function idOf({ operation }: Prepared): string | null {
  return operation instanceof AppError ? null : operation.id
}

function firstOfEach(prepared: readonly Named[]): Named[] {
  return [...Map.groupBy(prepared, ({ opId }) => opId).values()].flatMap((same) => same.slice(0, 1))
}

async function resultsOf(
  book: LockedBook,
  fresh: readonly Named[],
  instance: string,
): Promise<Result[]> {
  const ids = freshIds(fresh.length)
  const readable = fresh.flatMap(({ operation }, at) =>
    operation instanceof AppError
      ? []
      : [{ ...operation, id: operation.id ?? ids[at] ?? '', isIdNew: operation.id === null }],
  )
  const written = (await writeOperations(book, readable, instance)).values()
  return fresh.map(({ operation }) => {
    if (operation instanceof AppError) return failure(operation, instance)
    const { value } = written.next()
    if (!value) throw new Error('an operation has no result')
    return value
  })
}

/** Ids for new contacts, sorted, so that these keep the order in which they were sent. */
function freshIds(count: number): string[] {
  return Array.from({ length: count }, () => randomUUIDv7()).sort()
}

function answerTo(one: Prepared, answered: ReadonlyMap<string, Answered>, call: Call): string {
  const { instance } = call
  const { name, opId, requestHash, operation } = one
  if (requestHash === null) return textOf(name, failure(operation, instance))
  const kept = answered.get(opId)
  if (!kept) return textOf(name, withoutRoom(call))
  if (kept.requestHash.equals(requestHash)) return underName(name, kept.answer)
  return textOf(name, failure(opIdReused(), instance))
}

function withoutRoom({ instance }: Call): Result {
  const detail =
    'The answer to the batch is too large: send this operation again, with fewer others.'
  return failure(new AppError('too_large', 'too_large', detail), instance)
}

function opIdReused(): AppError {
  const detail = 'was used for another operation within the last 7 days.'
  const sentence = 'The op_id was used for another operation: take a new one.'
  return new AppError('invalid', 'op_id_reused', sentence, {
    errors: [{ pointer: '/op_id', detail }],
  })
}

const textStart = '{"op_id":"'

function textOf(name: string | null, result: Result): string {
  return JSON.stringify({ op_id: name, ...result })
}

/** A kept answer with the name of its operation as it was sent this time. */
function underName(name: string, answer: string): string {
  return `${textStart}${name}${answer.slice(textStart.length + name.length)}`
}
