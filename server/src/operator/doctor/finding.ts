import { reasonOf as wholeReasonOf } from '../../db/errors.ts'

/** What a check found; `advice` says what to do, unless all is well. */
export type Finding = {
  about: string
  state: 'ok' | 'warning' | 'problem'
  text: string
  advice?: string
}

/** Makes the findings of one thing that is looked at. */
export function findingsOf(about: string) {
  return {
    ok: (text: string): Finding => ({ about, state: 'ok', text }),
    warning: (text: string, advice: string): Finding => ({ about, state: 'warning', text, advice }),
    problem: (text: string, advice: string): Finding => ({ about, state: 'problem', text, advice }),
  }
}

/** Why something failed, on one line and without what a URL may hold. */
export function reasonOf(error: unknown): string {
  return (
    wholeReasonOf(error)
      .replaceAll(/\/\/[^@\s/]*@/g, '//…@')
      .split('\n')[0]
      ?.replace(/\.$/, '') ?? ''
  )
}
