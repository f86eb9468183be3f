import { useState } from 'react'
import { worker } from '../data/client.ts'
import { LazyUnsentChanges } from '../sync/lazy-waiting.tsx'
import type { Unsent } from '../worker/calls.ts'

type HowToLeave = 'send' | 'discard'
type SignOut = {
  unsent: Unsent | null
  isPending: boolean
  leave: (how: HowToLeave) => void
  stay: () => void
}

/**
 * Sends what waits and logs out; what is on this device alone then is asked about first.
 * @param everywhere whether all other devices are logged out as well
 */
export function useSignOut(everywhere = false): SignOut {
  const [unsent, setUnsent] = useState<Unsent | null>(null)
  const [isPending, setIsPending] = useState(false)
  const leave = async (how: HowToLeave) => {
    setIsPending(true)
    setUnsent(await worker.signOut(how, everywhere))
    setIsPending(false)
  }
  return { unsent, isPending, leave: (how) => void leave(how), stay: () => setUnsent(null) }
}

export function UnsentChanges({ unsent, ...rest }: SignOut) {
  return unsent && <LazyUnsentChanges unsent={unsent} {...rest} />
}
