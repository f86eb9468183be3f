import { labelKey } from '@kith/server/book/label-name'
import { v7 as uuid } from 'uuid'
import { Refused, type Api } from './api.ts'
import type { Contact, Label } from './calls.ts'
import { doubt } from './doubt.ts'
import type { Edit } from './edit.ts'
import type { LocalBook } from './local-book.ts'
import { isLocal } from './local-label.ts'
import { operationOf } from './operations.ts'
import type { Entry, Operation, Refusal } from './outbox.ts'
import { receiveContact, receiveLabel } from './receive.ts'
import { rereadDoubted } from './reread.ts'
import { nextPhoto, sendPhoto } from './send-photo.ts'

type Problem = { code: string; detail?: string; errors?: { pointer: string; detail: string }[] }
type Result = { op_id: string; status: number; contact?: Contact; error?: Problem }

// The limits of a batch, and of creates: ten calls a minute.
const maxOperations = 500
const maxOctets = 4 * 1024 * 1024
const createsAtOnce = 5
const minuteMs = 60_000
const gatherMs = 12_000
const maxDeletedEdits = 20

/** Sends what waits. */
export type Push = {
  /**
   * Sends one batch.
   * @returns whether something was sent, and otherwise after how many milliseconds something may be
   * @throws Unreachable, Refused, after which the same is sent again
   */
  sendSome: () => Promise<'sent' | 'nothing' | { waitMs: number }>
}

export function createPush(api: Api, book: LocalBook, now = () => performance.now()): Push {
  const creates: number[] = []
  let most = maxOperations

  /** A call with a create has to wait so long; 0: it may go now. */
  function createWaitMs(): number {
    while ((creates[0] ?? Infinity) < now() - minuteMs) creates.shift()
    if (creates.length < createsAtOnce) return 0
    return Math.max(0, (creates.at(-1) ?? 0) + gatherMs - now())
  }

  async function sendSome() {
    await makeLabels(api, book)
    // A write that is safe on the disk is not quick, and mostly there is nothing to write.
    await book.refresh()
    await rereadDoubted(api, book)
    if (book.state.outbox.length === 0) return 'nothing' as const
    const waitMs = createWaitMs()
    const entries = await book.write(true, (edit) => choose(edit, most, waitMs === 0))
    if (entries.length === 0) {
      const photo = nextPhoto(book.state.outbox)
      if (photo) return sendPhoto(api, book, photo).then(() => 'sent' as const)
      const isHeldBack = waitMs > 0 && book.state.outbox.some(({ kind }) => kind === 'create')
      return isHeldBack ? { waitMs } : ('nothing' as const)
    }
    const results = await send(entries.flatMap(({ sent }) => sent ?? []))
    most = maxOperations
    if (entries.some(({ kind }) => kind === 'create')) creates.push(now())
    await book.write(true, async (edit) => {
      for (const [at, entry] of entries.entries()) {
        const result = results[at]
        if (result) await settle(edit, entry, result)
      }
    })
    return 'sent' as const
  }

  async function send(operations: Operation[]): Promise<Result[]> {
    try {
      const response = await api.request('/api/contacts/batch', {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ operations }),
      })
      return ((await response.json()) as { results: Result[] }).results
    } catch (error) {
      // Too much at once, whatever the reason: by and by one alone.
      const isTooMuch = error instanceof Refused && [400, 413, 422].includes(error.status)
      if (isTooMuch && operations.length > 1) most = Math.ceil(operations.length / 2)
      if (!isTooMuch || operations.length > 1) throw error
      const { status, code, detail } = error
      return operations.map(({ op_id }) => ({ op_id, status, error: { code, detail } }))
    }
  }

  return { sendSome }
}

/**
 * Chooses what is sent next, the first change of each contact, and keeps how it is sent. An edit that was refused holds
 * nothing back: whoever deletes its contact has decided.
 */
function choose(edit: Edit, most: number, withCreates: boolean): Entry[] {
  const chosen: Entry[] = []
  const seen = new Set<string>()
  let octets = 0
  for (const entry of edit.allEntries()) {
    if (entry.kind === 'photo' || isRefusedEdit(entry) || seen.has(entry.contactId)) continue
    seen.add(entry.contactId)
    if (entry.refusal || (entry.kind === 'create' && !withCreates)) continue
    const operation = entry.sent ?? operationOf(entry)
    octets += JSON.stringify(operation).length
    if (chosen.length > 0 && (chosen.length >= most || octets > maxOctets)) break
    chosen.push({ ...entry, sent: operation })
  }
  for (const entry of chosen) replace(edit, entry, [entry])
  return chosen
}

const isRefusedEdit = ({ kind, refusal }: Entry) => kind === 'patch' && refusal !== null

function replace(edit: Edit, entry: Entry, by: Entry[]): void {
  const entries = edit.entries(entry.contactId)
  edit.setEntries(
    entry.contactId,
    entries.flatMap((one) => (one.seq === entry.seq ? by : [one])),
  )
}

/** Does what the server answered to a change. */
async function settle(edit: Edit, entry: Entry, result: Result): Promise<void> {
  const { status, contact, error } = result
  const unsent: Entry = { ...entry, sent: null, opId: uuid() }
  const refused = { ...unsent, refusal: refusalOf(error) }
  if (status < 300) {
    finish(edit, entry)
    const isOwn = entry.kind === 'create' || entry.sent?.if_revision !== undefined
    if (contact && (await isNews(edit, contact))) await receiveContact(edit, contact, isOwn)
    return
  }
  // Not remembered by the server: the same is sent again.
  if (status >= 500 || error?.code === 'too_large') return
  if (status === 412 && contact) {
    replace(edit, entry, [unsent])
    return receiveContact(edit, contact)
  }
  if (error?.code === 'op_id_reused') return replace(edit, entry, [unsent])
  if (status === 404 && entry.kind === 'delete') return finish(edit, entry)
  replace(edit, entry, [refused])
  doubt(edit, refused)
}

/** A change is done. Edits that were refused go with their contact, and are kept for when it comes back. */
function finish(edit: Edit, entry: Entry): void {
  replace(edit, entry, [])
  const left = edit.entries(entry.contactId)
  if (entry.kind !== 'delete' || left.length === 0 || !left.every(isRefusedEdit)) return
  edit.setEntries(entry.contactId, [])
  const deletedEdits = [...(edit.meta().deletedEdits ?? []), ...left].slice(-maxDeletedEdits)
  edit.setMeta({ deletedEdits })
}

/** The answer to a repeated operation is as old as the first one. */
async function isNews(edit: Edit, contact: Contact): Promise<boolean> {
  const known = await edit.contact(contact.id)
  return numberOf(known?.revision ?? '') <= numberOf(contact.revision)
}

function numberOf(revision: string): number {
  return Number(revision.slice(1)) || 0
}

function refusalOf(error: Problem | undefined): Refusal {
  const pointers = error?.errors?.map(({ pointer }) => pointer.replace(/^\/(?:contact|patch)/, ''))
  return {
    code: error?.code ?? 'internal_error',
    detail: error?.errors?.[0]?.detail ?? error?.detail ?? '',
    pointers: pointers ?? [],
  }
}

/** Makes the labels that were named here, before contacts with them are sent. */
async function makeLabels(api: Api, book: LocalBook): Promise<void> {
  for (const local of [...book.state.labels.values()].filter(isLocal)) {
    const label = await makeLabel(api, local)
    await book.write(false, (edit) => receiveLabel(edit, label))
  }
}

async function makeLabel(api: Api, { name }: Label): Promise<Label> {
  try {
    const response = await api.request('/api/labels', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ name }),
    })
    return labelFrom(await response.json())
  } catch (error) {
    if (!(error instanceof Refused) || error.code !== 'label_exists') throw error
    const response = await api.request('/api/labels')
    const labels = ((await response.json()) as Label[]).map(labelFrom)
    const found = labels.find((one) => labelKey(one.name) === labelKey(name))
    if (!found) throw error
    return found
  }
}

function labelFrom(body: unknown): Label {
  const { id, name, colour } = body as Label
  return { id, name, colour }
}
