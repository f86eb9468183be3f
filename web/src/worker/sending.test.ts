import 'fake-indexeddb/auto'
import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import fc from 'fast-check'
import { anyValues } from './any-values.ts'
import { Unreachable, type Api } from './api.ts'
import type { Change } from './calls.ts'
import { applyChanges } from './changes.ts'
import type { LocalBook } from './local-book.ts'
import { carryOut, ids, shown, shownHere, withBook, type Model } from './model-book.ts'
import type { Operation } from './outbox.ts'
import { createPush } from './push.ts'
import type { Step } from './step.ts'

type Edit = Extract<Change, { kind: 'create' | 'patch' | 'delete' }>

/** What somebody does, and what becomes of what waits: it is sent, and the answer comes or is lost. */
type Deed = Edit | 'undo' | 'send' | 'answer' | 'lose'

const id = fc.constantFrom(...ids)
const anyDeed: fc.Arbitrary<Deed> = fc.oneof(
  fc.record({ kind: fc.constant('create' as const), id, contact: anyValues }),
  fc.record({ kind: fc.constant('patch' as const), id, patch: anyValues }),
  { weight: 3, arbitrary: fc.record({ kind: fc.constant('delete' as const), id }) },
  { weight: 3, arbitrary: fc.constant('undo' as const) },
  { weight: 4, arbitrary: fc.constantFrom('send', 'answer', 'answer', 'lose') },
)

suite('changes that are sent meanwhile', () => {
  test('are never refused, undone or not, and the server has what is shown', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(anyDeed, { minLength: 10, maxLength: 30 }), (deeds) =>
        withBook(async (book, model) => {
          const { apply, send, answer } = createDevice(book, model)
          const made = new Set<string>([ids[0]])
          const done: { undo: Step[]; before: object[] }[] = []

          async function make(edit: Edit) {
            const before = await shownHere(book)
            const isHere = before.some((contact) => contact.id === edit.id)
            if (edit.kind === 'create' ? made.has(edit.id) : !isHere) return
            made.add(edit.id)
            done.push({ undo: await apply([edit]), before })
          }

          async function undo() {
            const last = done.pop()
            if (!last) return
            await apply(last.undo)
            assert.deepEqual(await shownHere(book), last.before)
          }

          for (const deed of deeds) {
            if (deed === 'send') await send()
            else if (deed === 'undo') await undo()
            else if (deed === 'answer' || deed === 'lose') await answer(deed === 'lose')
            else await make(deed)
          }
          const wanted = await shownHere(book)
          while (book.state.outbox.length > 0) {
            await send()
            await answer()
          }
          assert.deepEqual(shown(model), wanted)
          assert.deepEqual(await shownHere(book), wanted)
        }),
      ),
      { numRuns: 200 },
    )
  })

  test('are not made twice where a form saves what was deleted while it was being sent', async () => {
    await withBook(async (book, model) => {
      const { apply, send, answer } = createDevice(book, model)
      const [, id] = ids
      await apply([{ kind: 'create', id, contact: {} }])
      await send()
      const deleted = await book.contact(id)
      assert.ok(deleted)
      await apply([{ kind: 'delete', id }])
      await apply([{ kind: 'restore', id, deleted, isOnServer: false }])
      await answer()
      assert.deepEqual(book.state.outbox, [])
      assert.deepEqual(shown(model), await shownHere(book))
    })
  })
})

/** A device that sends a batch when it is told to, to a server that has all of `model`. */
function createDevice(book: LocalBook, model: Model) {
  const server = createServer(model)
  // Hours pass between calls, so that none has to wait.
  let hours = 0
  const push = createPush(server.api, book, () => ++hours * 3_600_000)
  let sending: Promise<unknown> | null = null
  return {
    apply: (steps: readonly Step[]) => book.write(true, (edit) => applyChanges(edit, steps)),
    /** Resolves once the server has it, before the answer. */
    send: async () => {
      if (sending) return
      const arrival = server.arrival()
      sending = push.sendSome().catch((error: unknown) => {
        if (!(error instanceof Unreachable)) throw error
      })
      await Promise.race([arrival, sending])
    },
    answer: async (isLost = false) => {
      server.answer(isLost)
      await sending
      sending = null
    },
  }
}

/** Takes batches as the server does, and answers when it is told to. */
function createServer(model: Model) {
  const answers = new Map<string, object>()
  let revision = 1
  let arrival = Promise.withResolvers<void>()
  let answering: PromiseWithResolvers<void> | null = null

  function judge(operation: Operation): object {
    const { operation: kind, id, if_revision: wanted } = operation
    const known = model.get(id)
    const place = known ? (known.isDeleted ? 'trash' : 'book') : 'nowhere'
    const wantedPlace = kind === 'create' ? 'nowhere' : kind === 'restore' ? 'trash' : 'book'
    assert.equal(place, wantedPlace, `where it is that a ${kind} was sent of`)
    const isStale = wanted !== undefined && wanted !== known?.contact.revision
    if (isStale) return { status: 412, contact: known?.contact }
    carryOut(model, operation)
    const after = model.get(id)
    if (after) after.contact.revision = `m${++revision}`
    return kind === 'delete' ? { status: 204 } : { status: 200, contact: after?.contact }
  }

  function resultOf(operation: Operation): object {
    const { op_id } = operation
    const result = answers.get(op_id) ?? { op_id, ...structuredClone(judge(operation)) }
    answers.set(op_id, result)
    return result
  }

  const api: Api = {
    async request(_path, init) {
      const { operations } = (await new Response(init?.body).json()) as { operations: Operation[] }
      const results = operations.map(resultOf)
      answering = Promise.withResolvers()
      arrival.resolve()
      await answering.promise
      return Response.json({ results })
    },
    call: () => Promise.reject(new Unreachable()),
  }

  return {
    api,
    arrival() {
      arrival = Promise.withResolvers()
      return arrival.promise
    },
    answer(isLost: boolean) {
      if (isLost) answering?.reject(new Unreachable())
      else answering?.resolve()
    },
  }
}
