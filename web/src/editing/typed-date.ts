import { readDateText, type DateOrder } from '@kith/server/book/date-text'

/**
 * A date as contacts hold it, where the text is one: ISO 8601. Any other text stays as it was typed.
 * @param order decides 3/4/2010; a date with dots has the day first
 */
export function readDate(text: string, order: DateOrder = dateOrder()): string {
  return readDateText(text, { order }) ?? text
}

/** Whether people write the day or the month first in the language of the page. */
function dateOrder(): DateOrder {
  const language = globalThis.document?.documentElement.lang || 'en-GB'
  const parts = new Intl.DateTimeFormat(language).formatToParts(new Date(0))
  const first = parts.find(({ type }) => type === 'day' || type === 'month')
  return first?.type === 'month' ? 'month first' : 'day first'
}
