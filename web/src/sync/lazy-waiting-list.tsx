import { lazy, Suspense, useEffect } from 'react'
import { afterPaint } from '../ui/after-paint.ts'

const load = () => import('./waiting-list.tsx')
const WaitingList = lazy(async () => ({ default: (await load()).WaitingList }))

/** What was changed here and is not on the server. */
export function LazyWaitingList({ onClose }: { onClose: () => void }) {
  return (
    <Suspense>
      <WaitingList onClose={onClose} />
    </Suspense>
  )
}

/** Loads the list of what waits once the page is shown: it is needed where there is no network. */
export function usePreloadedWaitingList(): void {
  useEffect(() => {
    // Opening the list tries again.
    afterPaint(() => void load().catch(() => null))
  }, [])
}
