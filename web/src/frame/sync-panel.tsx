import { useSync, useWaiting } from '../data/state.ts'
import { text } from '../strings/text.ts'
import { LazyWaitingList, tryAgain } from '../sync/lazy-waiting-list.tsx'
import { Button } from '../ui/button.tsx'
import { ReloadIcon } from '../ui/icons.ts'
import { Stack } from '../ui/stack.tsx'
import styles from './sync-button.module.css'

/** What the state means, what waits to be sent, and the way to ask the server now. */
export function SyncPanel({ onClose }: { onClose: () => void }) {
  const state = useSync()
  const waiting = useWaiting()
  const isWaiting = waiting.length > 0
  const isRefused = state.kind === 'waiting' && waiting.every(({ refusal }) => refusal)
  return (
    <Stack>
      <p className={styles.note}>{text(`frame.sync.note.${isRefused ? 'refused' : state.kind}`)}</p>
      {isWaiting ? <LazyWaitingList onClose={onClose} /> : null}
      <Button icon={ReloadIcon} onPress={tryAgain}>
        {text(isWaiting ? 'sync.retry' : 'frame.sync.now')}
      </Button>
    </Stack>
  )
}
