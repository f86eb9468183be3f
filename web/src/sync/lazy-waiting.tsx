import { lazy, Suspense, useEffect, type ComponentProps } from 'react'
import { withMessages } from '../strings/text.ts'
import { afterPaint } from '../ui/after-paint.ts'

const load = () => withMessages(import('../waiting/all.ts'))
const SyncPanel = lazy(async () => ({ default: (await load()).SyncPanel }))
const UnsentChanges = lazy(async () => ({ default: (await load()).UnsentChanges }))
const RefusedBanner = lazy(async () => ({ default: (await load()).RefusedBanner }))

/** How things stand, and what can be done about it. */
export const LazySyncPanel = (props: ComponentProps<typeof SyncPanel>) => (
  <Suspense>
    <SyncPanel {...props} />
  </Suspense>
)

/** The question before a log-out. */
export const LazyUnsentChanges = (props: ComponentProps<typeof UnsentChanges>) => (
  <Suspense>
    <UnsentChanges {...props} />
  </Suspense>
)

/** That the server refused something. */
export const LazyRefusedBanner = () => (
  <Suspense>
    <RefusedBanner />
  </Suspense>
)

/** Loads all this once the page is shown: it is needed where there is no network. */
export function usePreloadedWaiting(): void {
  useEffect(() => afterPaint(() => void load().catch(() => null)), [])
}
