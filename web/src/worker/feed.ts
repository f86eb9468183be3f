import type { Api } from './api.ts'
import type { Contact, Label } from './calls.ts'
import type { Edit } from './edit.ts'
import { linesOf } from './lines.ts'
import type { LocalBook } from './local-book.ts'
import { isLocal } from './local-label.ts'
import { receiveContact, receiveLabel, receiveLabelRemoval, receiveRemoval } from './receive.ts'

/** A line of the feed of changes. */
type Line =
  | { contact: Contact }
  | { removed: string }
  | { label: Label }
  | { removed_label: string }
  | { next: string; total: number }

// The first ones are shown as soon as they are here; then so many at once as share a block of the index.
const firstBatch = 200
const batchSize = 2_000

/** How many contacts were read, of how many. */
export type Progress = (done: number, total: number) => void

/**
 * Reads what has changed since this device last asked, everything where it never did.
 * @throws Unreachable, Refused; what was read until then stays, and is read again
 */
export async function readChanges(api: Api, book: LocalBook, progress: Progress): Promise<void> {
  const { token } = book.state.meta
  if (token === undefined) return readAll(api, book, progress)
  const response = await api.request(`/api/changes?since=${encodeURIComponent(token)}`, asLines)
  await readInto(book, linesOf(response), null, () => {})
}

async function readAll(api: Api, book: LocalBook, progress: Progress): Promise<void> {
  let total = 0
  progress(0, total)
  const response = await api.request('/api/changes', asLines)
  // Contacts do not wait for their number, and come without it as well.
  void countAll(api).then(
    (count) => (total = count),
    () => {},
  )
  await readInto(book, linesOf(response), new Set(), (done) =>
    progress(Math.min(done, total), total),
  )
}

async function countAll(api: Api): Promise<number> {
  const response = await api.request('/api/changes?limit=1&view=simple')
  return ((await response.json()) as { total: number }).total
}

const asLines = { headers: { accept: 'application/x-ndjson' } }

/** @param seen the ids of all that came; null where what does not come again is still there */
async function readInto(
  book: LocalBook,
  lines: AsyncIterable<string>,
  seen: Set<string> | null,
  onRead: (contacts: number) => void,
): Promise<void> {
  let batch: Line[] = []
  let size = firstBatch
  for await (const text of lines) {
    const line = JSON.parse(text) as Line
    if ('next' in line) return finish(book, batch, line.next, seen)
    note(line, seen)
    batch.push(line)
    if (batch.length < size) continue
    const full = batch
    await book.write(false, (edit) => receive(edit, full))
    onRead(seen?.size ?? 0)
    batch = []
    size = batchSize
  }
  throw new Error('the feed broke off')
}

function note(line: Line, seen: Set<string> | null): void {
  if ('contact' in line) seen?.add(line.contact.id)
  if ('label' in line) seen?.add(line.label.id)
}

async function finish(
  book: LocalBook,
  batch: readonly Line[],
  token: string,
  seen: Set<string> | null,
): Promise<void> {
  const isNothing = batch.length === 0 && seen === null && token === book.state.meta.token
  if (isNothing) return
  await book.write(false, async (edit) => {
    await receive(edit, batch)
    if (seen) await dropOthers(edit, seen)
    edit.setMeta({ token })
  })
}

async function receive(edit: Edit, lines: readonly Line[]): Promise<void> {
  for (const line of lines) {
    if ('contact' in line) await receiveContact(edit, line.contact)
    else if ('removed' in line) await receiveRemoval(edit, line.removed)
    else if ('label' in line) await receiveLabel(edit, line.label)
    else if ('removed_label' in line) await receiveLabelRemoval(edit, line.removed_label)
  }
}

/** After everything was read anew, what did not come is gone; what was made here is yet to be sent. */
async function dropOthers(edit: Edit, seen: ReadonlySet<string>): Promise<void> {
  for (const id of edit.ids()) if (!seen.has(id)) await receiveRemoval(edit, id)
  for (const label of edit.labels()) {
    if (!seen.has(label.id) && !isLocal(label)) await receiveLabelRemoval(edit, label.id)
  }
  for (const entry of edit.allEntries()) {
    if (entry.kind === 'create' && !seen.has(entry.contactId)) await edit.put(entry.contact)
  }
}
