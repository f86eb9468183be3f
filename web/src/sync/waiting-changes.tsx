import { useWaiting } from '../data/state.ts'
import { text } from '../strings/text.ts'
import { Button } from '../ui/button.tsx'
import { Dialog } from '../ui/dialog.tsx'
import { EmptyState } from '../ui/empty-state.tsx'
import { CircleCheckIcon, ReloadIcon } from '../ui/icons.ts'
import { LazyWaitingList, tryAgain } from './lazy-waiting-list.tsx'

type Props = { isOpen: boolean; onClose: () => void }

/** The changes that are not on the server, in a dialog. */
export function WaitingChanges({ isOpen, onClose }: Props) {
  const changes = useWaiting()
  return (
    <Dialog
      title={text('sync.waitingTitle')}
      isOpen={isOpen}
      onClose={onClose}
      actions={
        changes.length > 0 ? (
          <Button variant="primary" icon={ReloadIcon} onPress={tryAgain}>
            {text('sync.retry')}
          </Button>
        ) : null
      }
    >
      {changes.length === 0 ? (
        <EmptyState icon={CircleCheckIcon} title={text('sync.nothing')} isStatus>
          {text('sync.nothingNote')}
        </EmptyState>
      ) : (
        <LazyWaitingList onClose={onClose} />
      )}
    </Dialog>
  )
}
