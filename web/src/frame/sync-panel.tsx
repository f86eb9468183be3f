import { worker } from '../data/client.ts'
import { useSync } from '../data/state.ts'
import { text } from '../strings/text.ts'
import { Button } from '../ui/button.tsx'
import { ReloadIcon } from '../ui/icons.ts'
import { Stack } from '../ui/stack.tsx'
import styles from './sync-button.module.css'

/** What the state means, and the way to ask the server now. */
export function SyncPanel() {
  const state = useSync()
  return (
    <Stack>
      <p className={styles.note}>{text(`frame.sync.note.${state.kind}`)}</p>
      <Button icon={ReloadIcon} onPress={() => void worker.syncNow()}>
        {text('frame.sync.now')}
      </Button>
    </Stack>
  )
}
