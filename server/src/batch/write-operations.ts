import { stale } from '../contacts/etag.ts'
import type { LockedBook } from '../contacts/store/locked-book.ts'
import { findWholes } from '../contacts/store/queries.ts'
import { rowAfter } from '../contacts/store/row-after.ts'
import { trashMany } from '../contacts/store/trash-many.ts'
import { insertContacts, updateContacts, type Update } from '../contacts/store/write-many.ts'
import { AppError } from '../errors.ts'
import { createPace } from '../pace.ts'
import { restoreContactIn } from '../trash/trash.ts'
import { readNames, readState, type BookState } from './book-state.ts'
import { judge, StaleContact, type Write } from './judge.ts'
import type { Readable } from './read-operation.ts'
import { deleted, failure, success, type Result } from './result.ts'

/** Writes that go into the database together, each of another contact. */
type Stage = Map<string, { write: Write; at: number }>

/**
 * Carries out operations in their order, each as if it stood alone: a few statements for all, as long as
 * they are about different contacts.
 * @param instance the id of the request
 * @returns what became of each
 */
export async function writeOperations(
  book: LockedBook,
  operations: readonly Readable[],
  instance: string,
): Promise<Result[]> {
  const state = await readState(book, operations)
  const results: Result[] = []
  const pace = createPace()
  let stage: Stage = new Map()

  async function flush() {
    await writeStage(book, state, stage)
    for (const [id, { write, at }] of stage) results[at] = resultOf(write, state, id)
    stage = new Map()
  }

  for (const [at, operation] of operations.entries()) {
    await pace()
    if (stage.has(operation.id)) await flush()
    try {
      const write = judge(state, operation)
      if (write.kind === 'none') results[at] = success(200, write.row)
      else if (write.kind === 'restore_with_lost_labels') {
        await flush()
        await restoreAlone(book, operation.id)
        state.uids.note('comes', operation.id)
        await refresh(book, state, [operation.id])
        state.names = await readNames(book, operations, state)
        results[at] = resultOf(write, state, operation.id)
      } else {
        note(state, operation.id, write)
        stage.set(operation.id, { write, at })
      }
    } catch (error) {
      results[at] = refusal(error, instance)
    }
  }
  await flush()
  return results
}

/** Of what went wrong with one operation. @throws what is wrong with more than that */
function refusal(error: unknown, instance: string): Result {
  if (error instanceof StaleContact) return failure(stale(), instance, error.row)
  if (error instanceof AppError && error.kind !== 'unavailable') return failure(error, instance)
  throw error
}

/** Keeps the state true for the operations that follow in the same stage. */
function note({ uids, labelsBefore }: BookState, id: string, write: Write) {
  if (write.kind === 'delete') {
    labelsBefore.set(id, write.row.label_ids)
    uids.note('goes', id)
  } else if (write.kind === 'create' || write.kind === 'restore') {
    uids.note('comes', id)
  }
}

/** Deletions go first, since they make UIDs free, which the restored take. */
async function writeStage(book: LockedBook, state: BookState, stage: Stage): Promise<void> {
  const writes = Array.from(stage.values(), ({ write }) => write)
  const deletions = writes.flatMap((write) => (write.kind === 'delete' ? [write.row] : []))
  const additions = writes.flatMap((write) => (write.kind === 'create' ? [write.addition] : []))
  const updates = (kind: 'patch' | 'restore') =>
    writes.flatMap((write) => (write.kind === kind && 'update' in write ? [write.update] : []))
  await trashMany(book, deletions)
  await refresh(
    book,
    state,
    deletions.map(({ id }) => id),
  )
  await update(book, state, updates('patch'), 'changed')
  await update(book, state, updates('restore'), 'restored')
  const revised = await insertContacts(book, additions)
  for (const { id, contact } of additions) {
    const added = known(revised.get(id))
    const created = { created_via: book.via, created_modseq: added.modseq }
    state.rows.set(id, rowAfter(id, contact, added, created))
  }
}

async function update(
  book: LockedBook,
  { rows }: BookState,
  updates: readonly Update[],
  operation: 'changed' | 'restored',
): Promise<void> {
  const isRestored = operation === 'restored'
  const revised = await updateContacts(book, updates, operation, { isRestored })
  for (const { before, contact } of updates) {
    const { id } = before
    rows.set(id, rowAfter(id, contact, known(revised.get(id)), before))
  }
}

/** Reads contacts anew of which more was written than is known here. */
async function refresh({ ask, ownerId }: LockedBook, { rows }: BookState, ids: string[]) {
  for (const [id, row] of await findWholes(ask, ownerId, ids)) rows.set(id, row)
}

function resultOf(write: Write, { rows }: BookState, id: string): Result {
  if (write.kind === 'delete') return deleted
  return success(write.kind === 'create' ? 201 : 200, known(rows.get(id)))
}

function known<T>(written: T | undefined): T {
  if (!written) throw new Error('a contact is not there that was just written')
  return written
}

/** What the labels need that come back would be left behind if there is no room for all of them. */
async function restoreAlone(book: LockedBook, id: string) {
  await book.ask('savepoint restoring', [])
  try {
    await restoreContactIn(book, id)
  } catch (error) {
    await book.ask('rollback to savepoint restoring', [])
    throw error
  }
  await book.ask('release savepoint restoring', [])
}
