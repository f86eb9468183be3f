import { Fragment, useId } from 'react'
import { Button } from 'react-aria-components/Button'
import { useConflicts, useSync, useWaiting } from '../data/state.ts'
import { number } from '../strings/moments.ts'
import { text } from '../strings/text.ts'
import { LazySyncPanel } from '../sync/lazy-waiting.tsx'
import { UnsentIcon } from '../ui/icons.ts'
import { Popover } from '../ui/popover.tsx'
import { usePhone } from './media.ts'
import { choicesText, syncText } from './sync-text.ts'
import styles from './sync-button.module.css'

/** On a phone, beside no navigation: what is not on the server, where there is something. */
export function UnsentSign() {
  const choices = useConflicts().length
  const count = useWaiting().length + choices
  return usePhone() && count > 0 ? <SyncButton /> : null
}

/** Whether all is saved, and what is not; opens what can be done about it. */
export function SyncButton({ isBare = false }: { isBare?: boolean }) {
  const state = useSync()
  const count = useWaiting().length
  const choices = useConflicts().length
  const words = syncText(state, choices)
  const others = [
    (state.kind === 'offline' || state.kind === 'full') &&
      count > 0 &&
      text('frame.sync.waiting', { count }),
    state.kind !== 'up-to-date' && choices > 0 && choicesText(choices),
  ].filter((some) => some !== false)
  const id = useId()
  return (
    <Popover
      label={text('frame.sync.title')}
      placement="top start"
      trigger={
        <Button
          aria-label={text('frame.sync.name', { state: words })}
          aria-describedby={others.length > 0 ? id : undefined}
          className={isBare ? styles.bare : styles.button}
        >
          {isBare && count + choices > 0 ? (
            <span className={styles.unsent} aria-hidden="true">
              <UnsentIcon />
              {number(count + choices)}
            </span>
          ) : (
            <span className={styles.dot} data-kind={state.kind} aria-hidden="true" />
          )}
          {isBare ? null : (
            <span className={styles.words}>
              {capital(words)}
              {others.map((other) => (
                <Fragment key={other}>
                  {' · '}
                  <span className={styles.whole}>{other}</span>
                </Fragment>
              ))}
            </span>
          )}
          <span id={id} hidden>
            {others.join(' · ')}
          </span>
        </Button>
      }
    >
      {(close) => <LazySyncPanel onClose={close} />}
    </Popover>
  )
}

const capital = (words: string) => words.charAt(0).toLocaleUpperCase() + words.slice(1)
