import { useState, type SubmitEvent } from 'react'
import type { Answer, Refusal } from './api.ts'
import { useCountdown } from './use-countdown.ts'

export type Submission = {
  isPending: boolean
  refusal: Refusal | null
  /** How many seconds the server wants to be left alone. */
  waitSeconds: number
  submit: (event?: SubmitEvent) => void
}

/** Sends a form once at a time, and keeps why it was refused until it is sent again. */
export function useSubmission<Body>(
  send: () => Promise<Answer<Body>>,
  onDone: (body: Body) => void,
): Submission {
  const [isPending, setPending] = useState(false)
  const [refusal, setRefusal] = useState<Refusal | null>(null)
  const [waitSeconds, startWaiting] = useCountdown()

  async function run() {
    setPending(true)
    const answer = await send()
    setPending(false)
    if (answer.kind === 'done') {
      setRefusal(null)
      onDone(answer.body)
    } else {
      setRefusal(answer.refusal)
      startWaiting(answer.refusal.waitSeconds)
    }
  }

  function submit(event?: SubmitEvent) {
    event?.preventDefault()
    if (isPending || waitSeconds > 0) return
    void run()
  }

  const isOver = refusal !== null && refusal.waitSeconds > 0 && waitSeconds === 0
  return { isPending, refusal: isOver ? null : refusal, waitSeconds, submit }
}
