import { useCallback, useEffect, useRef, useState } from 'react'
import { problemIn, problemText } from '../strings/problem.ts'
import type { ApiAnswer } from '../worker/calls.ts'
import { worker } from './client.ts'

/** A part of a list that the server has, and the path of the part behind it. */
export type Part<Item> = { items: Item[]; total: number | null; next: string | null }

type State<Item> =
  | { kind: 'loading' | 'offline' | 'missing' }
  | { kind: 'failed'; detail: string }
  | ({ kind: 'here' } & Part<Item>)

export type Pages<Item> = State<Item> & {
  /** Reads it anew; settles when that is shown. */
  reload: () => Promise<void>
  /** Adds the part behind those that are here. */
  showMore: () => void
  /** Shows other items until the list is read again. */
  replace: (change: (items: Item[]) => Item[]) => void
}

/**
 * A list of the server, part by part; read anew when the network comes back.
 * @param path another one is another list: give the component a key
 */
export function usePages<Item>(
  path: string,
  readPart: (answer: ApiAnswer) => Part<Item> = partOfArray,
): Pages<Item> {
  const [state, setState] = useState<State<Item>>({ kind: 'loading' })
  const reading = useRef<Promise<void>>(null)
  const reload = useCallback(() => {
    const show = async (): Promise<void> => {
      const next = await read(path, readPart)
      // If it was asked for anew meanwhile, this may be older than what was done since.
      if (reading.current === mine) {
        reading.current = null
        setState(next)
      } else {
        await reading.current
      }
    }
    const mine = show()
    reading.current = mine
    return mine
  }, [path, readPart])

  useEffect(() => {
    const start = () => void reload()
    start()
    addEventListener('online', start)
    return () => removeEventListener('online', start)
  }, [reload])

  return {
    ...state,
    reload,
    showMore: () => {
      if (state.kind !== 'here' || state.next === null) return
      void read(state.next, readPart).then((more) => {
        setState((now) => (now.kind === 'here' && more.kind === 'here' ? joined(now, more) : more))
      })
    },
    replace: (change) => {
      setState((now) => (now.kind === 'here' ? { ...now, ...replaced(now, change) } : now))
      if (reading.current) void reload()
    },
  }
}

async function read<Item>(
  path: string,
  readPart: (answer: ApiAnswer) => Part<Item>,
): Promise<State<Item>> {
  const answer = await worker.call({ method: 'GET', path })
  if (answer.status === 0) return { kind: 'offline' }
  if (answer.status === 404) return { kind: 'missing' }
  if (answer.status >= 400) return { kind: 'failed', detail: problemText(problemIn(answer.body)) }
  return { kind: 'here', ...readPart(answer) }
}

function joined<Item>(now: Part<Item>, more: Part<Item>) {
  return { kind: 'here' as const, ...more, items: [...now.items, ...more.items] }
}

function replaced<Item>({ items, total }: Part<Item>, change: (items: Item[]) => Item[]) {
  const next = change(items)
  return { items: next, total: total === null ? null : total + next.length - items.length }
}

/** Lists that are arrays say in headers what is behind them (RFC 8288). */
function partOfArray<Item>({ body, headers }: ApiAnswer): Part<Item> {
  const total = headers['x-total-count']
  const [, next = null] = /<([^>]+)>; *rel="?next"?/.exec(headers['link'] ?? '') ?? []
  return { items: body as Item[], total: total === undefined ? null : Number(total), next }
}
