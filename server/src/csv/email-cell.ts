/** An address in a cell, with the name that stands before it: `Ann Bee <ann@example.org>`. */
export type EmailInCell = { value: string; name: string | null }

const maxLength = 4_000
const address = '[^\\s@<>()",;:]{1,64}@[^\\s@<>()",;:]{1,255}'
const plain = new RegExp(`^<?(${address})>?$`)
const named = new RegExp(`^"?([^"<>@]{0,200}?)"?\\s*<(${address})>$`)

/**
 * The addresses in a cell for one, into which some programs and people write several, separated by
 * commas, semicolons or line breaks. A cell that holds anything else is one value as it is.
 */
export function emailsInCell(cell: string): EmailInCell[] {
  const whole = emailIn(cell)
  if (whole) return [whole]
  const parts = cell.length > maxLength ? [] : cell.split(/[;,\n]/).filter((part) => part.trim())
  const emails = parts.flatMap((part) => emailIn(part) ?? [])
  return emails.length > 0 && emails.length === parts.length
    ? emails
    : [{ value: cell, name: null }]
}

function emailIn(text: string): EmailInCell | null {
  const trimmed = text.trim()
  const alone = plain.exec(trimmed)?.[1]
  if (alone !== undefined) return { value: alone, name: null }
  const match = named.exec(trimmed)
  return match ? { value: match[2] ?? '', name: match[1]?.trim() || null } : null
}
