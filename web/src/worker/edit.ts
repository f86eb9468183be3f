import { setRow, toBlock, type BookState, type Changed, type ContactBlock } from './book-state.ts'
import type { Contact, Label, Slot } from './calls.ts'
import type { StoredConflict } from './conflicts.ts'
import {
  noId,
  slotsInContactBlock,
  slotsInIndexBlock,
  type BookTransaction,
  type Head,
  type Logged,
} from './database.ts'
import type { IndexRow } from './index-row.ts'
import { indexRow, type RowOptions } from './make-row.ts'
import { editOutbox } from './outbox-edit.ts'
import type { Entry } from './outbox.ts'
import type { StoredMeta } from './stored-meta.ts'

/** What a write may do with the book. Nothing is seen in memory before it is on the disk. */
export type Edit = {
  /** The contact as it is shown, with what was typed here. */
  contact: (id: string) => Promise<Contact | null>
  put: (contact: Contact) => Promise<void>
  remove: (id: string) => Promise<void>
  /** All ids of contacts that are there. */
  ids: () => Iterable<string>
  /** The ids of contacts with a label. */
  labelled: (labelId: string) => string[]
  /** Changes that were not confirmed, in their order. */
  entries: (contactId: string) => readonly Entry[]
  allEntries: () => readonly Entry[]
  /** Replaces the entries of a contact. */
  setEntries: (contactId: string, entries: readonly Entry[]) => void
  nextSeq: () => number
  conflict: (contactId: string) => StoredConflict | undefined
  setConflict: (contactId: string, mine: StoredConflict['mine'] | null) => void
  label: (id: string) => Label | undefined
  labels: () => Iterable<Label>
  putLabel: (label: Label) => void
  removeLabel: (id: string) => void
  meta: () => StoredMeta
  setMeta: (part: StoredMeta) => void
}

export type OpenEdit = Edit & {
  /** Writes everything that is not written yet. */
  flush: () => Promise<void>
  /** Takes it over into memory, after the commit. */
  commit: () => Changed
}

// How many writes other tabs may miss before they read everything again, and of how many slots and changes: the log
// is read and written with every write.
const maxLogged = 50
const maxPlacesLogged = 20_000

export function beginEdit(
  tx: BookTransaction,
  state: BookState,
  isLastNameFirst: boolean,
): OpenEdit {
  const rows = new Map<Slot, IndexRow | null>()
  const slots = new Map<string, Slot | null>()
  const blocks = new Map<number, ContactBlock>()
  const dirty = new Set<number>()
  const labels = new Map(state.labels)
  const conflicts = new Map(state.conflicts)
  const outbox = editOutbox(state.outbox)
  let meta = state.meta
  let { nextSlot } = state
  // Requests whose failure fails the transaction, which is awaited.
  const put = (request: Promise<unknown>) => void request.catch(() => {})
  const options: RowOptions = { labelName: (id) => labels.get(id)?.name, isLastNameFirst }

  function slotOf(id: string): Slot | null {
    const slot = slots.get(id)
    return slot === undefined ? (state.slots.get(id) ?? null) : slot
  }

  async function blockOf(slot: Slot): Promise<ContactBlock> {
    const number = Math.floor(slot / slotsInContactBlock)
    const known = blocks.get(number)
    if (known) return known
    const isNew = number * slotsInContactBlock >= state.nextSlot
    const block = isNew ? [] : ((await tx.objectStore('contacts').get(number)) ?? [])
    blocks.set(number, block)
    return block
  }

  async function setContact(slot: Slot, contact: Contact | null) {
    const block = await blockOf(slot)
    const at = slot % slotsInContactBlock
    while (block.length < at) block.push(null)
    block[at] = contact
    dirty.add(Math.floor(slot / slotsInContactBlock))
    rows.set(slot, contact && indexRow(contact, options))
  }

  function rowAt(slot: Slot): IndexRow | null {
    const row = rows.get(slot)
    return row === undefined ? (state.rows[slot] ?? null) : row
  }

  function writeIndexBlock(number: number) {
    const start = number * slotsInIndexBlock
    const length = Math.min(slotsInIndexBlock, nextSlot - start)
    const shown = Array.from({ length }, (_, at) => rowAt(start + at))
    put(tx.objectStore('index').put(toBlock(shown), number))
    put(tx.objectStore('ids').put(shown.map((row) => row?.id ?? noId).join(''), number))
  }

  async function writeHead() {
    const store = tx.objectStore('meta')
    const before = (await store.get('head')) as Head | undefined
    const version = state.version + 1
    const logged = { version, slots: [...rows.keys()], seqs: [...outbox.written.keys()] }
    const log = latest([...(before?.log ?? []), logged].slice(-maxLogged))
    put(store.put({ version, nextSlot, log } satisfies Head, 'head'))
  }

  return {
    async contact(id) {
      const slot = slotOf(id)
      return slot === null ? null : ((await blockOf(slot))[slot % slotsInContactBlock] ?? null)
    },
    async put(contact) {
      const slot = slotOf(contact.id) ?? nextSlot++
      slots.set(contact.id, slot)
      await setContact(slot, contact)
    },
    async remove(id) {
      const slot = slotOf(id)
      if (slot === null) return
      slots.set(id, null)
      await setContact(slot, null)
    },
    ids: () => [...state.slots.keys(), ...slots.keys()].filter((id) => slotOf(id) !== null),
    labelled: (labelId) =>
      Array.from({ length: nextSlot }, (_, slot) => rowAt(slot))
        .filter((row) => row?.labels.includes(labelId))
        .flatMap((row) => row?.id ?? []),
    entries: outbox.of,
    allEntries: outbox.all,
    setEntries: outbox.set,
    nextSeq: outbox.nextSeq,
    conflict: (contactId) => conflicts.get(contactId),
    setConflict(contactId, mine) {
      if (mine && Object.keys(mine).length > 0) {
        const stored = { contactId, mine }
        conflicts.set(contactId, stored)
        put(tx.objectStore('conflicts').put(stored))
      } else if (conflicts.delete(contactId)) put(tx.objectStore('conflicts').delete(contactId))
    },
    label: (id) => labels.get(id),
    labels: () => [...labels.values()],
    putLabel(label) {
      labels.set(label.id, label)
      put(tx.objectStore('labels').put(label))
    },
    removeLabel(id) {
      if (labels.delete(id)) put(tx.objectStore('labels').delete(id))
    },
    meta: () => meta,
    setMeta(part) {
      meta = { ...meta, ...part }
      put(tx.objectStore('meta').put(meta, 'book'))
    },
    async flush() {
      for (const number of dirty) {
        put(tx.objectStore('contacts').put(blocks.get(number) ?? [], number))
      }
      const indexBlocks = new Set(
        [...rows.keys()].map((slot) => Math.floor(slot / slotsInIndexBlock)),
      )
      for (const number of indexBlocks) writeIndexBlock(number)
      const store = tx.objectStore('outbox')
      for (const [seq, entry] of outbox.written) put(entry ? store.put(entry) : store.delete(seq))
      await writeHead()
    },
    commit() {
      const changed: Changed = { slots: new Set(), ids: new Set(), isWhole: false }
      for (const [slot, row] of rows) setRow(state, slot, row, changed)
      state.version += 1
      Object.assign(state, { nextSlot, labels, conflicts, outbox: outbox.commit(), meta })
      return changed
    },
  }
}

/** The last writes of a log, as far as it is not too long. */
function latest(log: readonly Logged[]): Logged[] {
  let places = 0
  const isTooFar = ({ slots, seqs }: Logged) =>
    (places += (slots?.length ?? 0) + (seqs?.length ?? 0)) > maxPlacesLogged
  return log.slice(log.findLastIndex(isTooFar) + 1)
}
