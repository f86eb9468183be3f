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

/** Asks what is to become of what is on this device alone, before a log-out removes it. */
export function UnsentChanges({ unsent, isPending, leave, stay }: Leaving) {
  const [changes, conflicts, drafts] = [unsent.changes, unsent.conflicts, unsent.drafts].map(
    ({ length }) => length,
  ) as [number, number, number]
  return (
    <AlertDialog
      title={text('waiting.unsent')}
      isOpen
      action={text('waiting.unsent.discard')}
      onAction={() => leave('discard')}
      otherAction={
        // Only these can be sent.
        changes > 0
          ? { label: text('waiting.unsent.send'), onAction: () => leave('send') }
          : undefined
      }
      cancel={text('waiting.unsent.stay')}
      onCancel={stay}
      isPending={isPending}
    >
      <Stack>
        {changes > 0 ? <p>{text('waiting.unsent.changes', { count: changes })}</p> : null}
        {conflicts > 0 ? <p>{text('waiting.unsent.conflicts', { count: conflicts })}</p> : null}
        {drafts > 0 ? <p>{text('waiting.unsent.drafts', { count: drafts })}</p> : null}
        <p>{text('waiting.unsent.note')}</p>
      </Stack>
    </AlertDialog>
  )
}
