import { fold } from '../book/fold.ts'

const maxLength = 100

/**
 * A header by its words alone: `E-mail 2: Address`, `email_2_address` and `Email2Address` are one.
 * What is too long for the name of a column has no words.
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

/** A table that finds, by the keys of the headers in its lists, the name of the list. */
export function keysOf<Name extends string>(
  lists: Partial<Record<Name, string>>,
): Map<string, Name> {
  const entries = Object.entries(lists) as [Name, string][]
  return new Map(
    entries.flatMap(([name, headers]) =>
      headers.split(',').map((header) => [headerKey(header), name]),
    ),
  )
}
