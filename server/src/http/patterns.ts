import type { Formats } from './validation.ts'

/**
 * Says of every schema with one of our formats what a pattern can say of it: programs that check by
 * the document do not know our formats.
 */
export function addPatterns(part: unknown, formats: Formats): void {
  if (typeof part !== 'object' || part === null) return
  const { format, pattern } = part as { format?: unknown; pattern?: unknown }
  const known = typeof format === 'string' ? formats[format]?.pattern : undefined
  if (known !== undefined && pattern === undefined) Object.assign(part, { pattern: known })
  for (const [name, member] of Object.entries(part)) {
    if (name !== 'example' && name !== 'examples') addPatterns(member, formats)
  }
}
