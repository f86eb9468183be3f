import { Button } from 'react-aria-components/Button'
import { useSync } from '../data/state.ts'
import { text } from '../strings/text.ts'
import { Popover } from '../ui/popover.tsx'
import { SyncPanel } from './sync-panel.tsx'
import { syncText } from './sync-text.ts'
import styles from './sync-button.module.css'

/** Whether all is saved, and what is not; opens what can be done about it. */
export function SyncButton({ isBare = false }: { isBare?: boolean }) {
  const state = useSync()
  const words = syncText(state)
  return (
    <Popover
      label={text('frame.sync.title')}
      placement="top start"
      trigger={
        <Button
          aria-label={text('frame.sync.name', { state: words })}
          className={isBare ? styles.bare : styles.button}
        >
          <span className={styles.dot} data-kind={state.kind} aria-hidden="true" />
          {isBare ? null : <span className={styles.words}>{capital(words)}</span>}
        </Button>
      }
    >
      {(close) => <SyncPanel onClose={close} />}
    </Popover>
  )
}

const capital = (words: string) => words.charAt(0).toLocaleUpperCase() + words.slice(1)
