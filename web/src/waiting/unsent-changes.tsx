import { useConflicts, useSync, useWaiting } from '../data/state.ts'
import { text } from '../strings/text.ts'
import { AlertDialog } from '../ui/alert-dialog.tsx'
import { Stack } from '../ui/stack.tsx'
import type { Unsent } from '../worker/calls.ts'

export type Leaving = {
  unsent: Unsent
  isPending: boolean
  leave: (how: 'send' | 'discard') => void
  stay: () => void
}

/**
 * Asks what is to become of what is on this device alone, before a log-out removes it. It follows what is sent
 * meanwhile: at the end, only the log-out is left.
 */
export function UnsentChanges({ unsent, isPending, leave, stay }: Leaving) {
  const { kind } = useSync()
  const changes = useWaiting().length
  const conflicts = useConflicts().length
  const drafts = unsent.drafts.length
  const isAnything = changes + conflicts + drafts > 0
  const isHeldBack = changes > 0 && (kind === 'offline' || kind === 'failing')
  return (
    <AlertDialog
      title={text(isAnything ? 'waiting.unsent' : 'waiting.nothing')}
      isOpen
      action={text(isAnything ? 'waiting.unsent.discard' : 'frame.logOut')}
      onAction={() => leave(isAnything ? 'discard' : 'send')}
      isDangerous={isAnything}
      otherAction={
        // Only these can be sent.
        changes > 0 && !isHeldBack
          ? { label: text('waiting.unsent.send'), onAction: () => leave('send') }
          : undefined
      }
      cancel={text('waiting.unsent.stay')}
      onCancel={stay}
      isPending={isPending}
    >
      {isAnything ? (
        <Stack>
          {changes > 0 ? <p>{text('waiting.unsent.changes', { count: changes })}</p> : null}
          {isHeldBack ? (
            <p>{text(kind === 'offline' ? 'waiting.offline' : 'waiting.state.failing')}</p>
          ) : null}
          {conflicts > 0 ? <p>{text('waiting.unsent.conflicts', { count: conflicts })}</p> : null}
          {drafts > 0 ? <p>{text('waiting.unsent.drafts', { count: drafts })}</p> : null}
          <p>{text('waiting.unsent.note')}</p>
        </Stack>
      ) : null}
    </AlertDialog>
  )
}
