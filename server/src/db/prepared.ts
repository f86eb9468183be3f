// What a process asks again and again is a few dozen texts; lists have some hundred variants.
const maxStatements = 500
const maxCandidates = 2_000

const names = new Map<string, string>()
const candidates = new Set<string>()

/**
 * The name under which a connection prepares a statement, so that PostgreSQL parses and plans it
 * once for each connection; undefined for a text that is new, since most of those come only once.
 */
export function statementName(text: string): string | undefined {
  const name = names.get(text)
  if (name !== undefined) return name
  if (!candidates.delete(text)) {
    if (candidates.size < maxCandidates) candidates.add(text)
    return undefined
  }
  if (names.size >= maxStatements) return undefined
  names.set(text, `kith_${names.size + 1}`)
  return names.get(text)
}
