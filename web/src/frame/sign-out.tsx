import { useState } from 'react'
import { worker } from '../data/client.ts'
import { text } from '../strings/text.ts'
import { AlertDialog } from '../ui/alert-dialog.tsx'

type HowToLeave = 'send' | 'discard'
type SignOut = {
  unsent: number
  isPending: boolean
  leave: (how: HowToLeave) => void
  stay: () => void
}

/**
 * Sends what waits and logs out; changes that cannot be sent now are asked about first.
 * @param everywhere whether all other devices are logged out as well
 */
export function useSignOut(everywhere = false): SignOut {
  const [unsent, setUnsent] = useState(0)
  const [isPending, setIsPending] = useState(false)
  const leave = async (how: HowToLeave) => {
    setIsPending(true)
    const left = await worker.signOut(how, everywhere)
    setIsPending(false)
    setUnsent(left.unsent)
  }
  return { unsent, isPending, leave: (how) => void leave(how), stay: () => setUnsent(0) }
}

export function UnsentChanges({ unsent, isPending, leave, stay }: SignOut) {
  return (
    <AlertDialog
      title={text('frame.unsent')}
      isOpen={unsent > 0}
      action={text('frame.unsent.discard')}
      onAction={() => leave('discard')}
      otherAction={{ label: text('frame.unsent.send'), onAction: () => leave('send') }}
      cancel={text('frame.unsent.stay')}
      onCancel={stay}
      isPending={isPending}
    >
      {text('frame.unsent.note', { count: unsent })}
    </AlertDialog>
  )
}
