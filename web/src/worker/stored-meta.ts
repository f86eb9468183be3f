import type { Preferences } from '@kith/server/preferences/schema'
import type { Entry } from './outbox.ts'

/** What is kept of the book besides its contacts. */
export type StoredMeta = {
  /** Up to where the feed of changes was read. */
  token?: string | undefined
  preferences?: Preferences
  /** Preferences that the server has not yet. */
  unsentPreferences?: Partial<Preferences> | undefined
  /** When the preferences were last asked for: milliseconds since the epoch. */
  preferencesAt?: number
  /** Contacts to be read anew: a change of them was refused or discarded. */
  doubted?: readonly string[]
  /** The last edits that were refused, and went with their contacts; they come back with them. */
  deletedEdits?: readonly Entry[]
}

const languages = new Set(['en', 'de', 'uk'])

/** The language of the screens, in which contacts are ordered. */
export function languageOf({ preferences }: StoredMeta): string {
  const wanted = [preferences?.language, preferences?.guessed.language, ...navigator.languages]
  const codes = wanted.map((tag) => tag?.split('-')[0] ?? '')
  return codes.find((code) => languages.has(code)) ?? 'en'
}
