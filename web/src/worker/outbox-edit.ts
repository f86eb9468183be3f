import type { Entry } from './outbox.ts'

/** The outbox during a write: a change costs the same, however many others wait. */
export type OutboxEdit = {
  /** The changes of a contact, in their order. */
  of: (contactId: string) => readonly Entry[]
  /** All of them in their order; made anew after each `set`. */
  all: () => readonly Entry[]
  /** Replaces the changes of a contact. */
  set: (contactId: string, entries: readonly Entry[]) => void
  nextSeq: () => number
  /** What is to be written: by `seq`, null where an entry is gone. */
  written: ReadonlyMap<number, Entry | null>
  /** All of them, after the commit; found by contact by the next write. */
  commit: () => Entry[]
}

type ByContact = Map<string, readonly Entry[]>

// Each belongs to the outbox of one version of the book, and is handed on to that of the next one.
const indexes = new WeakMap<readonly Entry[], ByContact>()

function indexOf(outbox: readonly Entry[]): ByContact {
  const known = indexes.get(outbox)
  if (known) return known
  const index: ByContact = Map.groupBy(outbox, ({ contactId }) => contactId)
  indexes.set(outbox, index)
  return index
}

export function editOutbox(before: Entry[]): OutboxEdit {
  const index = indexOf(before)
  const changed: ByContact = new Map()
  const written = new Map<number, Entry | null>()
  let lastSeq = before.at(-1)?.seq ?? 0
  let all: Entry[] | null = before

  const of = (contactId: string) => changed.get(contactId) ?? index.get(contactId) ?? []
  const allNow = () => (all ??= withEntries(before, written))

  return {
    of,
    all: allNow,
    set(contactId, entries) {
      for (const { seq } of of(contactId)) written.set(seq, null)
      for (const entry of entries) {
        written.set(entry.seq, entry)
        lastSeq = Math.max(lastSeq, entry.seq)
      }
      changed.set(contactId, entries.toSorted(bySeq))
      all = null
    },
    nextSeq: () => lastSeq + 1,
    written,
    commit() {
      if (written.size === 0) return before
      const after = allNow()
      for (const [contactId, entries] of changed) {
        if (entries.length > 0) index.set(contactId, entries)
        else index.delete(contactId)
      }
      indexes.delete(before)
      indexes.set(after, index)
      return after
    },
  }
}

/** An outbox with what was written since: by `seq`, null where an entry is gone. */
export function withEntries(
  outbox: readonly Entry[],
  written: ReadonlyMap<number, Entry | null>,
): Entry[] {
  const kept = outbox.filter(({ seq }) => !written.has(seq))
  const added = [...written.values()].filter((entry) => entry !== null)
  return [...kept, ...added].sort(bySeq)
}

const bySeq = (one: Entry, other: Entry) => one.seq - other.seq
