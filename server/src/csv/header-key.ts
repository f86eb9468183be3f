import { fold } from '../book/fold.ts'

const maxLength = 100

/**
 * The words of a header, for comparing: `E-mail 2: Address`, `email_2_address` and `Email2Address`
 * have the same key. A text too long for a header has an empty one.
 */
export function headerKey(header: string): string {
  if (header.length > maxLength) return ''
  const words = header
    .replaceAll(/(\p{Ll})(\p{Lu})/gu, '$1 $2')
    .replaceAll(/(\p{L})(\d)/gu, '$1 $2')
    .replaceAll(/(\d)(\p{L})/gu, '$1 $2')
  return fold(words)
    .replaceAll(/[^\p{L}\p{N}]+/gu, ' ')
    .trim()
    .replaceAll(/\be mail\b/g, 'email')
    .replaceAll(/\bi phone\b/g, 'iphone')
}

/** Inverts a table of names and their headers, given in one text: finds a name by a header's key. */
export function byHeaderKey<Name extends string>(
  lists: Partial<Record<Name, string>>,
): Map<string, Name> {
  const entries = Object.entries(lists) as [Name, string][]
  return new Map(
    entries.flatMap(([name, headers]) =>
      headers.split(',').map((header) => [headerKey(header), name]),
    ),
  )
}
