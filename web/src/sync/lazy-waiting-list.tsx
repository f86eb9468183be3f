import { lazy, Suspense, useEffect } from 'react'
import { withMessages } from '../strings/text.ts'
import { afterPaint } from '../ui/after-paint.ts'

const load = () => withMessages(import('../waiting/waiting-list.tsx'))
const loadTryAgain = () => withMessages(import('../waiting/try-again.ts'))
const WaitingList = lazy(async () => ({ default: (await load()).WaitingList }))

/** What was changed here and is not on the server. */
export function LazyWaitingList({ onClose }: { onClose: () => void }) {
  return (
    <Suspense>
      <WaitingList onClose={onClose} />
    </Suspense>
  )
}

/** Has everything sent that waits, also what was refused. */
export function tryAgain(): void {
  void loadTryAgain().then(({ tryAgain }) => tryAgain())
}

/** Loads the list of what waits once the page is shown: it is needed where there is no network. */
export function usePreloadedWaitingList(): void {
  useEffect(() => {
    // Opening the list tries again.
    afterPaint(() => void Promise.all([load(), loadTryAgain()]).catch(() => null))
  }, [])
}
