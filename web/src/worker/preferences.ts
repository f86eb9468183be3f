import type { Preferences, PreferencesPatch } from '@kith/server/preferences/schema'
import type { Api } from './api.ts'
import { isSame } from './contact-fields.ts'
import type { LocalBook } from './local-book.ts'

const path = '/api/users/me/preferences'

// How old they may be: they hardly ever change, but who has changed them on one device looks at the other one. A
// little less than the time between two looks at the book, of which each one finds them old.
const freshMs = 4 * 60 * 1000

/** Sends preferences that were set here, and asks for those set elsewhere once in a while. */
export async function syncPreferences(api: Api, book: LocalBook): Promise<void> {
  const { unsentPreferences: unsent, preferencesAt } = book.state.meta
  const age = Date.now() - (preferencesAt ?? 0)
  if (!unsent && preferencesAt !== undefined && age >= 0 && age < freshMs) return
  const init = unsent && {
    method: 'PATCH',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(unsent),
  }
  const response = await api.request(path, init)
  const preferences = (await response.json()) as Preferences
  await book.write(false, (edit) => {
    // Set while these were under way.
    const now = edit.meta().unsentPreferences
    const later = isSame(now, unsent) ? undefined : now
    edit.setMeta({
      preferences: { ...preferences, ...later },
      unsentPreferences: later,
      preferencesAt: Date.now(),
    })
  })
}

const none: Preferences = {
  language: null,
  region: null,
  time_zone: null,
  theme: null,
  sort: null,
  name_order: null,
  single_keys: null,
  guessed: { language: null, region: null, time_zone: null },
}

/** Sets preferences on this device; they are sent with the next round. */
export async function setPreferences(book: LocalBook, patch: PreferencesPatch): Promise<void> {
  await book.write(true, (edit) => {
    const { preferences, unsentPreferences } = edit.meta()
    edit.setMeta({
      preferences: { ...none, ...preferences, ...patch },
      unsentPreferences: { ...unsentPreferences, ...patch },
    })
  })
}
