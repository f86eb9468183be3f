import type { TrashedContact } from '@kith/server/trash/schema'
import { useEffect, useEffectEvent, useRef } from 'react'
import { contactsMoved, type Moves } from '../data/signals.ts'
import { useWaiting } from '../data/state.ts'
import { usePages, type Pages } from '../data/use-pages.ts'

/** What was deleted in the last 30 days, followed while somebody looks. */
export function useTrash(): Pages<TrashedContact> {
  const pages = usePages<TrashedContact>('/api/trash?limit=100')
  const waiting = useWaiting().filter(({ kind }) => kind === 'delete' || kind === 'restore').length
  const waitedBefore = useRef(0)

  const follow = useEffectEvent((moves: readonly Moves[]) => {
    const here = new Set(moves.flatMap((move) => move.here))
    pages.replace((items) => items.filter(({ id }) => !here.has(id)))
    if (moves.some(({ gone }) => gone.length > 0)) void pages.reload()
  })
  useEffect(() => contactsMoved.subscribe((moves) => follow(moves)), [])

  // The server has a deletion of this device once it does not wait any more.
  const reload = useEffectEvent(() => void pages.reload())
  useEffect(() => {
    if (waiting < waitedBefore.current) reload()
    waitedBefore.current = waiting
  }, [waiting])

  return pages
}
