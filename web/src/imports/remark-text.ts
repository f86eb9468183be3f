import type { ImportRemark } from '@kith/server/imports/schema'
import { problemText } from '../strings/problem.ts'
import { isMessage, text } from '../strings/text.ts'

/**
 * What remarks say, in the language of the page.
 * @param reason the sentences of the server, which stand alone where an older version of it wrote them
 */
export function remarksText(
  remarks: readonly ImportRemark[],
  reason: string | null,
): string | null {
  return remarks.length === 0 ? reason : remarks.map(remarkText).join(' ')
}

/** The code of an error has its text where errors are; of one that is newer than this app, the server's counts. */
function remarkText({ code, detail, values }: ImportRemark): string {
  const message = `remarks.${code}`
  return isMessage(message) ? text(message, insertable(values)) : problemText({ code, detail })
}

/** Values as messages take them. */
export function insertable(values: ImportRemark['values']): Record<string, string | number> {
  const entries = Object.entries(values).map(([name, value]) => [
    name,
    typeof value === 'object' ? value.join(', ') : value,
  ])
  return Object.fromEntries(entries) as Record<string, string | number>
}
