import { fold } from './fold.ts'
import { oneLine, cutOctets } from './text.ts'

/** In Unicode characters. */
export const maxNameLength = 100

// Folded, a character can be many: what is longer than this does not fit into an index.
const maxKeyOctets = 2_000

/** A name as labels have it and cards give it back; null where nothing of it can be read. */
export function labelName(text: string): string | null {
  const name = firstCharacters(oneLine(text) ?? '', maxNameLength).trim()
  return labelKey(name) === '' ? null : name
}

/** What two names that read alike have in common. */
export function labelKey(name: string): string {
  return cutOctets(fold(name), maxKeyOctets)
}

function firstCharacters(text: string, count: number): string {
  return text.length <= count ? text : Array.from(text).slice(0, count).join('')
}
