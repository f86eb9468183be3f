import { useCallback, useEffect, useState } from 'react'
import { problemIn, problemText } from '../strings/problem.ts'
import type { ApiAnswer, ApiCall } from '../worker/calls.ts'
import { worker } from './client.ts'
import { createSignal } from './signals.ts'

/** What the server answered; a status of 0 means that it could not be reached. */
export type Answer<T> = Omit<ApiAnswer, 'body'> & { body: T }

/** Asks the server, as the logged-in user. */
export async function call<T>(call: ApiCall): Promise<Answer<T>> {
  return (await worker.call(call)) as Answer<T>
}

export type CallState<T> =
  | { kind: 'loading' | 'offline' }
  | { kind: 'failed'; status: number; code: string; detail: string }
  | { kind: 'here'; value: T }

/** What the server has at a path; read anew when the network comes back. */
export function useCall<T>(path: string): CallState<T> & { reload: () => void } {
  const [read, setRead] = useState<{ path: string; state: CallState<T> } | null>(null)
  const [asked] = useState(() => createSignal())
  const reload = useCallback(() => asked.raise(), [asked])
  useEffect(() => {
    let isCurrent = true
    const ask = async () => {
      const answer = await call<T>({ method: 'GET', path })
      if (isCurrent) setRead({ path, state: stateOf(answer) })
    }
    void ask()
    const unsubscribe = asked.subscribe(() => void ask())
    addEventListener('online', reload)
    return () => {
      isCurrent = false
      unsubscribe()
      removeEventListener('online', reload)
    }
  }, [path, asked, reload])
  return { ...(read?.path === path ? read.state : { kind: 'loading' }), reload }
}

function stateOf<T>({ status, body }: Answer<T>): CallState<T> {
  if (status === 0) return { kind: 'offline' }
  if (status < 400) return { kind: 'here', value: body }
  const problem = problemIn(body)
  return { kind: 'failed', status, code: problem.code, detail: problemText(problem) }
}
