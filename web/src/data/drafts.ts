import { knownUser } from '../device.ts'
import type { Draft, SessionState } from '../worker/calls.ts'
import { worker } from './client.ts'
import { clearStash, everythingStashed, stash, stashedOf, unstash } from './draft-stash.ts'
import { useData } from './state.ts'

// Whose drafts these are; null before somebody is known, and after the log-out.
let owner: string | null = null
let isClosed = false

/** Keeps the drafts of whoever is logged in, among them those of a page that was closed too early. */
export function startDrafts(): void {
  const userId = knownUser()
  if (userId !== null) open(userId)
  useData.subscribe(({ session }) => follow(session))
}

function follow(session: SessionState) {
  if ('user' in session) open(session.user.id)
  if (session.kind === 'none' || session.kind === 'ended') close()
}

function open(userId: string) {
  if (owner !== null || isClosed) return
  owner = userId
  clearStash(userId)
  for (const { contactId, draft } of everythingStashed(userId)) void keepDraft(contactId, draft)
}

function close() {
  isClosed = true
  owner = null
  clearStash()
}

/** The draft of a contact, or of a `new` one. */
export async function loadDraft(contactId: string): Promise<Draft | null> {
  const stashed = owner === null ? undefined : stashedOf(owner, contactId)
  return stashed === undefined ? worker.loadDraft(contactId) : stashed
}

/** Keeps a draft, also where the page is closed right now. @param draft null: there is none any more */
export async function keepDraft(contactId: string, draft: Draft | null): Promise<void> {
  if (owner === null) return
  const userId = owner
  stash(userId, { contactId, draft })
  const isKept = await worker.keepDraft(userId, contactId, draft).catch(() => false)
  if (isKept) unstash(userId, { contactId, draft })
}
