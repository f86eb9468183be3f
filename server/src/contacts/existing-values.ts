import { withBirthdayAsDate } from './birthday-as-date.ts'
import { lists, type Contact } from '../book/contact.ts'

type List = (typeof lists)[number]

/**
 * What a contact says already may stay as it is, whatever a new value has to be: it may have come in
 * a card, which nobody may be refused for.
 */
export type ExistingValues = {
  /** Whether a field, or that part of a list's items, says so already. */
  hasText(field: string, part: string | null, text: unknown): boolean
  /** Whether a list has such an item already; of its parts none is absent. */
  hasItem(list: List, item: object): boolean
  /** How long a list is already. */
  lengthOf(list: string): number
}

/** @param contact as it stands before a change */
export function existingValuesOf(contact: Contact): ExistingValues {
  const shown = withBirthdayAsDate(contact)
  const texts = new Map<string, Set<unknown>>()
  const items = new Map<List, Set<string>>()
  return {
    hasText(field, part, text) {
      if (field === 'email' || field === 'phone') return this.hasText(`${field}s`, 'value', text)
      if (!isList(field)) return (shown as Record<string, unknown>)[field] === text
      const there = texts.getOrInsertComputed(`${field}/${part}`, () => {
        const items: object[] = shown[field]
        return new Set(items.map((item) => (item as Record<string, unknown>)[part ?? '']))
      })
      return there.has(text)
    },
    hasItem(list, item) {
      return items.getOrInsertComputed(list, () => new Set(shown[list].map(keyOf))).has(keyOf(item))
    },
    lengthOf: (list) => (isList(list) ? shown[list].length : 0),
  }
}

export function isList(field: string): field is List {
  return (lists as readonly string[]).includes(field)
}

function keyOf(item: object): string {
  return JSON.stringify(Object.entries(item).sort(([a], [b]) => (a < b ? -1 : 1)))
}
