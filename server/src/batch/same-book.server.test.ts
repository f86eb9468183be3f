import assert from 'node:assert/strict'
import { randomUUID, randomUUIDv7 } from 'node:crypto'
import { after, it } from 'node:test'
import fc from 'fast-check'
import { outcomesOf, sendBatch } from '../../test/batch.ts'
import { addCard, phoneCard } from '../../test/cards.ts'
import { contactsOf, historyOf, trashOf } from '../../test/contacts.ts'
import { addLabel, labelsOf } from '../../test/labels.ts'
import { expectStatus, signUp, type Answer } from '../../test/people.ts'
import { startServer } from '../../test/server.ts'

const server = await startServer()
after(() => server[Symbol.asyncDispose]())

// Two books may have contacts of the same ids, so that what becomes of them can be compared.
const ids = Array.from({ length: 4 }, () => randomUUIDv7())
const labelNames = ['Friends', 'Family']

type Step = {
  kind: 'create' | 'patch' | 'delete' | 'restore'
  /** Which of the contacts: those with ids of ours, and behind them two that came in cards. */
  contact: number
  nickname: string
  labels: number[]
  isStale: boolean
}

const anyStep: fc.Arbitrary<Step> = fc.record(
  {
    kind: fc.constantFrom('create', 'patch', 'patch', 'delete', 'restore'),
    contact: fc.nat({ max: ids.length + 1 }),
    nickname: fc.constantFrom('', 'Countess', 'Amazing'),
    labels: fc.uniqueArray(fc.nat({ max: labelNames.length }), { maxLength: 2 }),
    isStale: fc.boolean(),
  },
  { noNullPrototype: true },
)

/** A person with contacts from cards, one of which has taken the UID of the other in the trash. */
async function newOwner() {
  const owner = await signUp(server)
  const labels: string[] = []
  for (const name of labelNames) labels.push(await addLabel(owner, name))
  const gone = await addLabel(owner, 'Gone')
  const first = await addCard(server, owner, phoneCard)
  expectStatus(await owner.patch(`/api/contacts/${first}`, { label_ids: [gone, labels[0]] }), 200)
  expectStatus(await owner.delete(`/api/labels/${gone}?contacts=trash`), 204)
  const second = await addCard(server, owner, phoneCard)
  // The last label is nobody's.
  return { owner, labels: [...labels, randomUUID()], contacts: [...ids, first, second] }
}

type Owner = Awaited<ReturnType<typeof newOwner>>

function operationOf({ kind, contact, nickname, labels, isStale }: Step, book: Owner): object {
  const id = book.contacts[contact] ?? ''
  const fields = { nickname, label_ids: labels.map((label) => book.labels[label]) }
  const condition = isStale ? { if_revision: 'm1' } : {}
  if (kind === 'create') {
    return { operation: kind, contact: { first_name: 'Ada', ...fields }, id }
  }
  if (kind === 'patch') return { operation: kind, id, patch: fields, ...condition }
  return { operation: kind, id, ...(kind === 'delete' && condition) }
}

/** The same by the calls for one contact, but for ids of one's own, which only batches take. */
async function doAlone(step: Step, book: Owner): Promise<number | string> {
  const { owner, contacts } = book
  const id = contacts[step.contact] ?? ''
  const operation = operationOf(step, book)
  const headers = step.isStale ? { 'if-match': '"m1"' } : {}
  const outcome = (answer: Answer) =>
    answer.statusCode < 300 ? answer.statusCode : String(answer.json().code)
  const path = `/api/contacts/${id}`
  if ('patch' in operation)
    return outcome(await owner.patch(path, operation.patch as object, headers))
  if (step.kind === 'delete') return outcome(await owner.delete(path, undefined, headers))
  if (step.kind === 'restore') return outcome(await owner.post(`/api/trash/${id}/restore`))
  const { results } = await sendBatch(owner, operation)
  return outcomesOf(results)[0] ?? ''
}

/** A book without what differs from one to the next: times, revisions, and ids that were made there. */
async function bookOf({ owner, contacts }: Owner) {
  const placeOf = (id: string) => contacts.indexOf(id)
  const names = new Map((await labelsOf(owner)).map(({ id, name }) => [id, name]))
  const all = [...(await contactsOf(owner)), ...(await trashOf(owner))]
  const described = await Promise.all(
    all.map(async ({ id, revision: _revision, created_at, updated_at, ...contact }) => {
      const isTrashed = 'deleted_at' in contact
      const history = isTrashed ? [] : await historyOf(owner, id)
      const operations = history.map(({ operation }) => operation)
      const labelled =
        'label_ids' in contact ? contact.label_ids.map((label) => names.get(label)) : []
      assert.ok(created_at <= updated_at)
      return {
        ...('label_ids' in contact ? { ...contact, photo: null } : contact),
        deleted_at: isTrashed,
        label_ids: labelled,
        place: placeOf(id),
        operations,
      }
    }),
  )
  const cards = (await owner.get('/api/export.vcf')).body
    .replaceAll(/^(?:REV|UID):.*\r\n/gm, '')
    .replaceAll(/^CATEGORIES.*\r\n/gm, '')
  const uids = (await owner.get('/api/export.vcf')).body.match(/^UID:.*$/gm) ?? []
  return {
    contacts: described.sort((a, b) => a.place - b.place),
    labels: [...names.values()].sort(),
    cards: cards.split('END:VCARD').sort(),
    uids: new Set(uids).size,
  }
}

it('makes the same book as its operations one by one', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(anyStep, { minLength: 1, maxLength: 25 }), async (steps) => {
      const [together, alone] = [await newOwner(), await newOwner()]
      const { results } = await sendBatch(
        together.owner,
        ...steps.map((step) => operationOf(step, together)),
      )
      const outcomes: (number | string)[] = []
      for (const step of steps) outcomes.push(await doAlone(step, alone))
      assert.deepEqual(outcomesOf(results), outcomes)
      assert.deepEqual(await bookOf(together), await bookOf(alone))
    }),
    { numRuns: 25 },
  )
})
