import { Refused, type Api } from './api.ts'
import type { Contact } from './calls.ts'
import type { LocalBook } from './local-book.ts'
import type { Entry, PhotoEntry, Refusal } from './outbox.ts'
import { receiveContact } from './receive.ts'

/** The next photo whose contact is on the server. */
export function nextPhoto(outbox: readonly Entry[]): PhotoEntry | undefined {
  const isToCome = new Set(
    outbox
      .filter(({ kind }) => kind === 'create' || kind === 'restore')
      .map(({ contactId }) => contactId),
  )
  return outbox.find(
    (entry): entry is PhotoEntry =>
      entry.kind === 'photo' && entry.refusal === null && !isToCome.has(entry.contactId),
  )
}

/**
 * Sends a photo; where it arrived before, that changes nothing.
 * @throws Unreachable, Refused, after which it is sent again
 */
export async function sendPhoto(api: Api, book: LocalBook, entry: PhotoEntry): Promise<void> {
  const { contactId, opId } = entry
  const outcome = await put(api, entry)
  await book.write(true, async (edit) => {
    // Another photo may have taken its place meanwhile.
    const left = edit.entries(contactId).flatMap((one) => {
      if (one.opId !== opId) return one
      return outcome.refusal ? { ...one, refusal: outcome.refusal } : []
    })
    edit.setEntries(contactId, left)
    if (outcome.contact) await receiveContact(edit, outcome.contact)
  })
}

type Outcome = { contact?: Contact; refusal?: Refusal }

async function put(api: Api, { contactId, photo }: PhotoEntry): Promise<Outcome> {
  const path = `/api/contacts/${contactId}/photo`
  try {
    const init = photo ? { method: 'PUT', body: photo } : { method: 'DELETE' }
    const response = await api.request(path, init)
    // The feed tells of a photo that is gone.
    if (!photo) return {}
    return { contact: (await response.json()) as Contact }
  } catch (error) {
    if (!(error instanceof Refused) || !isFinal(error.status)) throw error
    return { refusal: { code: error.code, detail: error.detail, pointers: [] } }
  }
}

/** Whether the same would be refused again. */
function isFinal(status: number): boolean {
  return status >= 400 && status < 500 && ![401, 408, 429].includes(status)
}
