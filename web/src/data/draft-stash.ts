import type { Draft } from '../worker/calls.ts'

// A page that is closed takes its worker along, and with it what the worker was asked last. Local storage
// is written at once, so drafts are here until the worker has confirmed them.

const prefix = 'kith-draft'

/** Null: there is no longer a draft of that contact. */
export type Stashed = { contactId: string; draft: Draft | null }

export function stash(userId: string, { contactId, draft }: Stashed): void {
  try {
    localStorage.setItem(keyOf(userId, contactId), JSON.stringify(draft))
  } catch {
    // Storage may be full or forbidden; then the worker alone keeps drafts.
  }
}

/** Takes away what was confirmed, unless something newer is there. */
export function unstash(userId: string, { contactId, draft }: Stashed): void {
  const key = keyOf(userId, contactId)
  if (read(key) === JSON.stringify(draft)) localStorage.removeItem(key)
}

/** What was not confirmed of a contact; undefined where there is nothing. */
export function stashedOf(userId: string, contactId: string): Draft | null | undefined {
  const text = read(keyOf(userId, contactId))
  return text === null ? undefined : (JSON.parse(text) as Draft | null)
}

export function everythingStashed(userId: string): Stashed[] {
  const start = keyOf(userId, '')
  return keys()
    .filter((key) => key.startsWith(start))
    .map((key) => key.slice(start.length))
    .map((contactId) => ({ contactId, draft: stashedOf(userId, contactId) ?? null }))
}

/** Forgets everything, but for what is a user's. */
export function clearStash(exceptOf?: string): void {
  for (const key of keys()) {
    const isKept = exceptOf !== undefined && key.startsWith(keyOf(exceptOf, ''))
    if (!isKept) localStorage.removeItem(key)
  }
}

export const keyOf = (userId: string, contactId: string) => `${prefix} ${userId} ${contactId}`

function keys(): string[] {
  try {
    return Object.keys(localStorage).filter((key) => key.startsWith(`${prefix} `))
  } catch {
    return []
  }
}

function read(key: string): string | null {
  try {
    return localStorage.getItem(key)
  } catch {
    return null
  }
}
