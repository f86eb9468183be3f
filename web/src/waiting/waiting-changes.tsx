import { text } from '../strings/text.ts'
import { Button } from '../ui/button.tsx'
import { Dialog } from '../ui/dialog.tsx'
import { EmptyState } from '../ui/empty-state.tsx'
import { CircleCheckIcon, ReloadIcon } from '../ui/icons.ts'
import { tryAgain } from './try-again.ts'
import { isAnything, useUnsent } from './use-unsent.ts'
import { WaitingList } from './waiting-list.tsx'

/** The changes that are not on the server, in a dialog. */
export function WaitingChanges({ onClose }: { onClose: () => void }) {
  const unsent = useUnsent()
  return (
    <Dialog
      title={text('waiting.title')}
      isOpen
      onClose={onClose}
      actions={
        unsent.changes.length > 0 ? (
          <Button variant="primary" icon={ReloadIcon} onPress={() => void tryAgain()}>
            {text('waiting.retry')}
          </Button>
        ) : null
      }
    >
      {isAnything(unsent) ? (
        <WaitingList unsent={unsent} onClose={onClose} />
      ) : (
        <EmptyState icon={CircleCheckIcon} title={text('waiting.nothing')} isStatus>
          {text('waiting.nothingNote')}
        </EmptyState>
      )}
    </Dialog>
  )
}
