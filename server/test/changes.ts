import assert from 'node:assert/strict'
import type { ChangesAnswer } from '../src/changes/schema.ts'
import type { ContactAnswer } from '../src/contacts/schema.ts'
import { expectStatus, readJson, type Person } from './people.ts'

type Line = { contact?: { id: string; revision: string }; next?: string; total?: number }

/** What has changed in a person's book since a token, or all there is. */
export function changesOf(owner: Person, since = '', query = ''): Promise<ChangesAnswer> {
  return readJson(owner, `/api/changes?since=${since}${query}`)
}

/** The same as lines. */
export async function linesOf(owner: Person, since = '', query = ''): Promise<Line[]> {
  const path = `/api/changes?since=${since}${query}`
  const answer = await owner.get(path, { accept: 'application/x-ndjson' })
  expectStatus(answer, 200)
  assert.match(String(answer.headers['content-type']), /^application\/x-ndjson/)
  assert.ok(answer.body.endsWith('\n'))
  return answer.body
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as Line)
}

export function idsOf({ contacts }: Pick<ChangesAnswer, 'contacts'>): string[] {
  return contacts.map(({ id }) => id)
}

/** A copy of a book as a client keeps it, from nothing but what the changes say. */
export type Copy = {
  token: string
  contacts: Map<string, ChangesAnswer['contacts'][number]>
  labels: Map<string, ChangesAnswer['labels'][number]>
  /** The states of contacts that it was shown. */
  seen: Set<string>
}

export function emptyCopy(): Copy {
  return { token: '', contacts: new Map(), labels: new Map(), seen: new Set() }
}

/**
 * Brings a copy up to date, in pages of a few changes. Asserts that no state of a contact comes twice.
 * @returns how many changes there were
 */
export async function update(copy: Copy, owner: Person, limit = 1_000): Promise<number> {
  for (let count = 0; ;) {
    const page = await changesOf(owner, copy.token, `&limit=${limit}`)
    const { contacts, removed, labels, removed_labels: removedLabels } = page
    const found = contacts.length + removed.length + labels.length + removedLabels.length
    assert.ok(found <= limit)
    count += found
    for (const contact of contacts) {
      const state = `${contact.id} ${contact.revision}`
      assert.ok(!copy.seen.has(state), `${state} comes twice`)
      copy.seen.add(state)
      copy.contacts.set(contact.id, contact)
    }
    for (const label of labels) copy.labels.set(label.id, label)
    for (const id of removed) copy.contacts.delete(id)
    for (const id of removedLabels) copy.labels.delete(id)
    copy.token = page.next
    if (!page.more) return count
  }
}

/** Asserts that a copy has all that the book has now, and nothing else. */
export async function expectComplete(copy: Copy, owner: Person): Promise<void> {
  const contacts: ContactAnswer[] = []
  for (let skip = 0; skip === contacts.length; skip += 100) {
    const path = `/api/contacts?view=full&limit=100&sort=created_at&skip=${skip}`
    contacts.push(...(await readJson<ContactAnswer[]>(owner, path)))
  }
  const byId = (a: { id: string }, b: { id: string }) => (a.id < b.id ? -1 : 1)
  assert.deepEqual([...copy.contacts.values()].sort(byId), contacts.sort(byId))
  const labels = await readJson<{ id: string; name: string; colour: string | null }[]>(
    owner,
    '/api/labels',
  )
  const shown = labels.map(({ id, name, colour }) => ({ id, name, colour }))
  assert.deepEqual([...copy.labels.values()].sort(byId), shown.sort(byId))
}
