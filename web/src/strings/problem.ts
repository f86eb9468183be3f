import { currentLanguage, isMessage, text } from './text.ts'

/** The part of a problem document (RFC 9457) that says what went wrong. */
export type Problem = { code: string; detail: string }

/** What the server says of these is for programs, as that there is a parameter. */
const codesForPrograms = new Set(['changed_since'])

/**
 * What went wrong, in the language of the page. The server's own sentence is in English, and says more
 * where that is the language; elsewhere it stands only for a code that has no translation.
 */
export function problemText({ code, detail }: Problem): string {
  const message = `problems.${code}`
  const isServersBetter = detail !== '' && currentLanguage() === 'en' && !codesForPrograms.has(code)
  if (isMessage(message) && !isServersBetter) return text(message)
  return detail || text('ui.fault')
}

/** The problem in the body of an answer; empty where there is none. */
export function problemIn(body: unknown): Problem {
  const { code = '', detail = '' } = (body ?? {}) as Partial<Problem>
  return { code, detail }
}
