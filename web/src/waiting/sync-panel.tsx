import { useSync } from '../data/state.ts'
import { text } from '../strings/text.ts'
import { Button } from '../ui/button.tsx'
import { ReloadIcon } from '../ui/icons.ts'
import { Stack } from '../ui/stack.tsx'
import type { SyncState, Unsent } from '../worker/calls.ts'
import { tryAgain } from './try-again.ts'
import { isAnything, useUnsent } from './use-unsent.ts'
import { WaitingList } from './waiting-list.tsx'
import styles from './sync-panel.module.css'

/** What the state means, what is on this device alone, and the way to ask the server now. */
export function SyncPanel({ onClose }: { onClose: () => void }) {
  const state = useSync()
  const unsent = useUnsent()
  return (
    <Stack>
      <p className={styles.note}>{text(`waiting.state.${meaningOf(state, unsent)}`)}</p>
      <WaitingList unsent={unsent} onClose={onClose} />
      <Button icon={ReloadIcon} onPress={() => void tryAgain()}>
        {text(unsent.changes.length > 0 ? 'waiting.retry' : 'waiting.syncNow')}
      </Button>
    </Stack>
  )
}

function meaningOf({ kind }: SyncState, unsent: Unsent): SyncState['kind'] | 'refused' | 'here' {
  if (kind === 'waiting' && unsent.changes.every(({ refusal }) => refusal)) return 'refused'
  return kind === 'up-to-date' && isAnything(unsent) ? 'here' : kind
}
