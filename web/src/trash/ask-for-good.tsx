import type { TrashedContact } from '@kith/server/trash/schema'
import { text } from '../strings/text.ts'
import { AlertDialog } from '../ui/alert-dialog.tsx'

/** What is to be deleted so that nothing brings it back. */
export type ForGood =
  | { kind: 'one'; contact: TrashedContact; name: string }
  | { kind: 'all'; count: number }

type Props = {
  asked: ForGood | null
  isPending: boolean
  onAction: (what: ForGood) => void
  onCancel: () => void
}

/** Asks, since it cannot be undone. */
export function AskForGood({ asked, isPending, onAction, onCancel }: Props) {
  return (
    <AlertDialog
      title={text('trash.ask')}
      isOpen={asked !== null}
      action={text('trash.purge')}
      isPending={isPending}
      onAction={() => asked && onAction(asked)}
      onCancel={onCancel}
    >
      {asked ? <p>{wordsOf(asked)}</p> : null}
    </AlertDialog>
  )
}

function wordsOf(asked: ForGood): string {
  return asked.kind === 'one'
    ? text('trash.ask-one', { name: asked.name })
    : text('trash.ask-all', { count: asked.count })
}
