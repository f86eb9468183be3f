/**
 * The token in what a link or a person brings: alone, in a whole link, or with what a mail program put
 * around it. Null where there is none.
 */
export function tokenIn(text: string): string | null {
  return /(?<![\w-])[\w-]{43}(?![\w-])/.exec(text)?.[0] ?? null
}

/** What a page finds in its entry of the history: the token of its link, or that the link was cut short. */
export type FromLink = { token?: unknown; isCut?: boolean } | null

const pages = /^\/(confirm|reset-password|signup)(?=\/|[%#?]|$)/

/**
 * Takes the token out of the address bar, which others see and programs keep, into the entry of the history,
 * where a reload finds it. The links of mails have it in the path; older ones behind `#token=`, which mail
 * programs rewrite to `%23token=` or `?token=`.
 */
export function readAddress(): void {
  const { pathname, search, hash } = location
  const page = pages.exec(pathname)?.[0]
  if (!page) return
  const link = decodeURIComponentOrNot(pathname.slice(page.length) + search + hash)
  const token = tokenIn(link)
  if (token) history.replaceState({ token }, '', page)
  else if (/^\/[^?#]|token=/.test(link)) history.replaceState({ isCut: true }, '', page)
}

function decodeURIComponentOrNot(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}
