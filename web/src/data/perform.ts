import { problemIn, problemText } from '../strings/problem.ts'
import { text } from '../strings/text.ts'
import { notify } from '../ui/toast.tsx'
import type { ApiAnswer, ApiCall } from '../worker/calls.ts'
import { worker } from './client.ts'

/**
 * Does something on the server that changes the book, and reads the changes. Where it fails, a notice
 * says why.
 * @param refused called where it would fail later as well: what it is about is gone, or not what it was
 */
export async function perform(call: ApiCall, refused?: () => void): Promise<ApiAnswer | null> {
  const answer = await worker.call(call)
  if (answer.status >= 400 || answer.status === 0) {
    if (answer.status === 404 || answer.status === 409) refused?.()
    notify({ title: faultOf(answer), kind: 'fault' })
    return null
  }
  void worker.syncNow()
  return answer
}

/** Why a call failed, in words. */
export function faultOf(answer: ApiAnswer): string {
  if (answer.status === 0) return text('ui.needsServer')
  return problemText(problemIn(answer.body))
}
