import { useEffect } from 'react'
import type { Key } from './keys-list.tsx'

const pauseMs = 5_000
// Who sets up a device, does so right after making its key.
const longestMs = 60 * 60_000

/** Reads keys anew when somebody comes back to the page, and again and again while the first use of one is expected. */
export function useFirstUse(keys: readonly Key[] | null, reload: () => void): void {
  const newest = keys?.find(({ last_used_at }) => last_used_at === null)?.created_at ?? null
  useEffect(() => {
    const look = () => {
      if (document.visibilityState === 'visible' && navigator.onLine) reload()
    }
    const expect = () => {
      if (newest !== null && Date.now() - Date.parse(newest) < longestMs) look()
    }
    const expecting = setInterval(expect, pauseMs)
    addEventListener('focus', look)
    document.addEventListener('visibilitychange', look)
    return () => {
      clearInterval(expecting)
      removeEventListener('focus', look)
      document.removeEventListener('visibilitychange', look)
    }
  }, [newest, reload])
}
