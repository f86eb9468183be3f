import type { Contact } from '../book/contact.ts'
import type { ListField, TextField } from '../book/fields.ts'
import { withBirthdayAsDate } from './birthday-as-date.ts'

/**
 * Values the contact already has are exempt from validation: they may come from an imported card,
 * and clients must be able to send back what they read.
 */
export type ExistingValues = {
  hasText(field: TextField, text: unknown): boolean
  /** Whether an item of the list has this text in this part. */
  hasPart(list: ListField, part: string, text: unknown): boolean
  /** @param item with all its parts: absent ones are null */
  hasItem(list: ListField, item: object): boolean
  lengthOf(list: ListField): number
}

/** @param contact before the change */
export function existingValuesOf(contact: Contact): ExistingValues {
  const shown = withBirthdayAsDate(contact)
  const parts = new Map<string, Set<unknown>>()
  const items = new Map<ListField, Set<string>>()
  return {
    hasText: (field, text) => shown[field] === text,
    hasPart(list, part, text) {
      if (shown[list].length === 0) return false
      const texts = parts.getOrInsertComputed(`${list}/${part}`, () => {
        return new Set(shown[list].map((item) => partOf(item, part)))
      })
      return texts.has(text)
    },
    hasItem(list, item) {
      if (shown[list].length === 0) return false
      const keys = items.getOrInsertComputed(list, () => new Set(shown[list].map(keyOf)))
      return keys.has(keyOf(item))
    },
    lengthOf: (list) => shown[list].length,
  }
}

/** A part of an item by its name; undefined if the item has no such part. */
export function partOf(item: object, part: string): unknown {
  return Object.entries(item).find(([name]) => name === part)?.[1]
}

function keyOf(item: object): string {
  return JSON.stringify(Object.entries(item).sort(([a], [b]) => (a < b ? -1 : 1)))
}
