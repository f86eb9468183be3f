import { randomUUIDv7 } from 'node:crypto'
import { hashOf } from '../contacts/answer-once.ts'
import { findCardSizes } from '../contacts/store/find-many.ts'
import { findAnswers, keepAnswers } from '../contacts/store/idempotency-keys.ts'
import { inBook, type Author, type LockedBook } from '../contacts/store/locked-book.ts'
import type { OpenDatabase } from '../db/database.ts'
import { isDataError } from '../db/errors.ts'
import { useGenericPlans } from '../db/generic-plans.ts'
import { AppError } from '../errors.ts'
import type { Logger } from '../log.ts'
import { createPace } from '../pace.ts'
import { readOperation, type Operation, type SentOperation } from './read-operation.ts'
import { failure, type Result } from './result.ts'
import { writeOperations } from './write-operations.ts'

// What one transaction does while other writers of the book wait for it: so many operations, and about
// so many octets of cards, since some hold photos.
const operationsAtOnce = 100
const cardOctetsAtOnce = 2 * 1024 * 1024
/** Octets of results that are kept of these: a small request may be about large contacts. */
const keptOctets = 2 * 1024 * 1024
/** Octets of an answer, beyond which no operation is carried out any more. */
const answerOctets = 32 * 1024 * 1024

const operationName = 'batch'

/** An operation as it was read, or why it could not be. */
type Prepared = { opId: string; requestHash: Buffer; operation: Operation | AppError }
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
  operations: readonly SentOperation[],
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
        octets > answerOctets
          ? some.map(withoutRoom(call))
          : await carryOutSome(database, call, some)
      answers.push(...done)
      for (const { length } of done) octets += length
    } catch (error) {
      if (!isDataError(error)) throw error
      if (some.length > 1) oneByOne = start + some.length
      else {
        call.log.error({ id: call.instance, err: error }, 'an operation of a batch failed')
        answers.push(...some.map(({ opId }) => textOf(opId, failure(undefined, call.instance))))
      }
    }
  }
  return answers
}

async function prepare(operations: readonly SentOperation[]): Promise<Prepared[]> {
  const pace = createPace()
  const prepared: Prepared[] = []
  for (const sent of operations) {
    const { op_id: opId, ...content } = sent
    const requestHash = hashOf(content)
    prepared.push({ opId: opId.toLowerCase(), requestHash, operation: read(sent) })
    await pace()
  }
  return prepared
}

function read(sent: SentOperation): Operation | AppError {
  try {
    return readOperation(sent)
  } catch (error) {
    if (error instanceof AppError) return error
    throw error
  }
}

/** Carries out the first of some operations: as many as one transaction takes, one at the least. */
function carryOutSome(
  database: Pick<OpenDatabase, 'transaction'>,
  { author, instance }: Call,
  some: readonly Prepared[],
): Promise<string[]> {
  return inBook(database, author, async (book) => {
    await useGenericPlans(book.ask)
    const fitting = some.slice(0, await countFitting(book, some))
    const opIds = fitting.map(({ opId }) => opId)
    const answered = await findAnswers(book.ask, book.ownerId, operationName, opIds)
    const fresh = firstOfEach(fitting.filter(({ opId }) => !answered.has(opId)))
    const results = await resultsOf(book, fresh, instance)
    await keep(book, fresh, results)
    for (const [at, { opId, requestHash }] of fresh.entries()) {
      const result = results[at]
      if (result) answered.set(opId, { requestHash, answer: textOf(opId, result) })
    }
    return fitting.map((one) => answerTo(one, answered.get(one.opId), instance))
  })
}

/** How many operations go by before their cards are more than one transaction reads. */
async function countFitting({ ask, ownerId }: LockedBook, some: readonly Prepared[]) {
  const ids = some.map(({ operation }) => (operation instanceof AppError ? null : operation.id))
  const sizes = await findCardSizes(
    ask,
    ownerId,
    ids.filter((id) => id !== null),
  )
  let octets = 0
  const end = ids.findIndex((id, at) => {
    octets += (id !== null && sizes.get(id)) || 0
    if (id !== null) sizes.delete(id)
    return octets > cardOctetsAtOnce && at > 0
  })
  return end < 0 ? some.length : end
}

function firstOfEach(prepared: readonly Prepared[]): Prepared[] {
  return [...Map.groupBy(prepared, ({ opId }) => opId).values()].flatMap((same) => same.slice(0, 1))
}

async function resultsOf(
  book: LockedBook,
  fresh: readonly Prepared[],
  instance: string,
): Promise<Result[]> {
  const ids = freshIds(fresh.length)
  const readable = fresh.flatMap(({ operation }, at) =>
    operation instanceof AppError ? [] : [{ ...operation, id: operation.id ?? ids[at] ?? '' }],
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

/** Keeps results, those beyond the limit without the contact. */
async function keep(book: LockedBook, fresh: readonly Prepared[], results: readonly Result[]) {
  let room = keptOctets
  const kept = fresh.flatMap(({ opId, requestHash }, at) => {
    const result = results[at]
    if (!result) return []
    const whole = textOf(opId, result)
    const fits = whole.length <= room
    if (fits) room -= whole.length
    const { contact: _, ...rest } = result
    const answer = fits ? whole : textOf(opId, rest)
    return [{ key: opId, requestHash, answer }]
  })
  await keepAnswers(book.ask, book.ownerId, operationName, kept)
}

function answerTo(
  { opId, requestHash }: Prepared,
  answered: Answered | undefined,
  instance: string,
) {
  if (answered?.requestHash.equals(requestHash)) return answered.answer
  return textOf(opId, failure(opIdReused(), instance))
}

function withoutRoom({ instance }: Call) {
  const detail =
    'The answer to the batch is too large: send this operation again, with fewer others.'
  const result = failure(new AppError('too_large', 'too_large', detail), instance)
  return ({ opId }: Prepared) => textOf(opId, result)
}

function opIdReused(): AppError {
  const detail = 'was used for another operation within the last 7 days.'
  const sentence = 'The op_id was used for another operation: take a new one.'
  return new AppError('invalid', 'op_id_reused', sentence, {
    errors: [{ pointer: '/op_id', detail }],
  })
}

function textOf(opId: string, result: Result): string {
  return JSON.stringify({ op_id: opId, ...result })
}
