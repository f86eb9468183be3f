import type { Head } from '../worker/calls.ts'

/** In no other script would one guess which letter stands where. */
const scripts = ['Latin', 'Cyrillic', 'Greek', 'Armenian', 'Georgian', 'Hebrew', 'Arabic'].map(
  (script) => new RegExp(`\\p{Script=${script}}`, 'u'),
)

/**
 * The letters that the rail offers: scripts in the order of the list as long as there is room, and
 * `#`. Of one that has no room by itself, every second letter or fewer.
 */
export function railLetters(heads: readonly Head[], room: number): string[] {
  const all = heads.map(({ letter }) => letter)
  const rest = all.filter((letter) => letter === '#')
  const offered: string[] = []
  for (const script of scripts) {
    const letters = all.filter((letter) => script.test(letter))
    if (offered.length > 0 && offered.length + letters.length + rest.length > room) continue
    offered.push(...letters)
  }
  const step = Math.max(1, Math.ceil((offered.length + rest.length) / Math.max(1, room)))
  return [...offered.filter((_, at) => at % step === 0), ...rest]
}
