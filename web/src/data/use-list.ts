import { useEffect, useState } from 'react'
import type { List, ListQuery } from '../worker/calls.ts'
import { worker } from './client.ts'
import { orderChanged } from './signals.ts'

/** What a list shows. While another query is answered, the list is still that of the one before. */
export function useList(query: ListQuery): { list: List | null } {
  const [list, setList] = useState<List | null>(null)
  const label = typeof query.of === 'object' ? query.of.label : null
  const kind = typeof query.of === 'object' ? 'all' : query.of
  const { search, notes, sort } = query
  useEffect(() => {
    let isCurrent = true
    const of = label === null ? kind : { label }
    const ask = async () => {
      const next = await worker.list({ of, search, notes, sort })
      if (isCurrent) setList(next)
    }
    void ask()
    const unsubscribe = orderChanged.subscribe(() => void ask())
    return () => {
      isCurrent = false
      unsubscribe()
    }
  }, [kind, label, search, notes, sort])
  return { list }
}
