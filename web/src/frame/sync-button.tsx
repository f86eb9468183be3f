import { useId } from 'react'
import { Button } from 'react-aria-components/Button'
import { useSync, useWaiting } from '../data/state.ts'
import { text } from '../strings/text.ts'
import { Popover } from '../ui/popover.tsx'
import { SyncPanel } from './sync-panel.tsx'
import { syncText } from './sync-text.ts'
import styles from './sync-button.module.css'

/** Whether all is saved, and what is not; opens what can be done about it. */
export function SyncButton({ isBare = false }: { isBare?: boolean }) {
  const state = useSync()
  const words = syncText(state)
  const count = useWaiting().length
  const waiting =
    state.kind === 'offline' && count > 0 ? text('frame.sync.waiting', { count }) : null
  const id = useId()
  return (
    <Popover
      label={text('frame.sync.title')}
      placement="top start"
      trigger={
        <Button
          aria-label={text('frame.sync.name', { state: words })}
          aria-describedby={waiting === null ? undefined : id}
          className={isBare ? styles.bare : styles.button}
        >
          <span className={styles.dot} data-kind={state.kind} aria-hidden="true" />
          {isBare ? null : (
            <span className={styles.words}>
              {capital(words)}
              {waiting === null ? null : (
                <>
                  {' · '}
                  <span className={styles.whole}>{waiting}</span>
                </>
              )}
            </span>
          )}
          <span id={id} hidden>
            {waiting}
          </span>
        </Button>
      }
    >
      {(close) => <SyncPanel onClose={close} />}
    </Popover>
  )
}

const capital = (words: string) => words.charAt(0).toLocaleUpperCase() + words.slice(1)
