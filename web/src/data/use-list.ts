import { useEffect, useEffectEvent, useState } from 'react'
import type { ListQuery } from '../worker/calls.ts'
import { showsFirstScreen, worker } from './client.ts'
import { firstListOf, type Answer } from './first-list.ts'
import { orderChanged } from './signals.ts'

/** What a list shows; null before the first answer. While another query is answered, it is that of the one before. */
export function useList(query: ListQuery): Answer | null {
  const [answer, setAnswer] = useState(() => firstListOf(query))
  const label = typeof query.of === 'object' ? query.of.label : null
  const kind = typeof query.of === 'object' ? 'all' : query.of
  const { search, notes, sort } = query
  const isAnswered = useEffectEvent(
    (query: ListQuery) => answer !== null && firstListOf(query) === answer,
  )
  useEffect(() => {
    let isCurrent = true
    const of = label === null ? kind : { label }
    const query = { of, search, notes, sort }
    const ask = async () => {
      const list = await worker.list(query)
      if (!isCurrent) return
      setAnswer((before) => {
        const hadSome = list.slots.length > 0 || (before?.query === query && before.hadSome)
        return { query, list, hadSome }
      })
      showsFirstScreen()
    }
    if (isAnswered(query)) showsFirstScreen()
    else void ask()
    const unsubscribe = orderChanged.subscribe(() => void ask())
    return () => {
      isCurrent = false
      unsubscribe()
    }
  }, [kind, label, search, notes, sort])
  return answer
}
