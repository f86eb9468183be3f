import { useState } from 'react'
import { worker } from '../data/client.ts'
import { faultOf } from '../data/perform.ts'
import { text, type Message } from '../strings/text.ts'
import type { ApiAnswer, ApiCall } from '../worker/calls.ts'

export type Action = {
  isPending: boolean
  /** Why it did not work, until it is tried again. */
  fault: string | null
  /** The answer; null where it failed. */
  run: (call: ApiCall) => Promise<ApiAnswer | null>
}

const sentences: Record<string, Message> = {
  wrong_password: 'settings.wrongPassword',
  too_many_access_keys: 'settings.tooManyKeys',
}

/** Does something on the server, and keeps what it said where it did not work. */
export function useAction(): Action {
  const [isPending, setPending] = useState(false)
  const [fault, setFault] = useState<string | null>(null)

  async function run(call: ApiCall) {
    setPending(true)
    const answer = await worker.call(call)
    setPending(false)
    const isDone = answer.status >= 200 && answer.status < 400
    setFault(isDone ? null : sentenceOf(answer))
    return isDone ? answer : null
  }

  return { isPending, fault, run }
}

function sentenceOf(answer: ApiAnswer): string {
  const { code = '' } = (answer.body ?? {}) as { code?: string }
  const sentence = sentences[code]
  const waitSeconds = Number(answer.headers['retry-after'] ?? 0)
  if (sentence) return text(sentence)
  if (waitSeconds > 0) return text('settings.wait', { seconds: waitSeconds })
  return faultOf(answer)
}
