import { Button } from 'react-aria-components/Button'
import { Text } from 'react-aria-components/Text'
import {
  UNSTABLE_Toast as AriaToast,
  UNSTABLE_ToastContent as ToastContent,
  UNSTABLE_ToastQueue as ToastQueue,
  UNSTABLE_ToastRegion as ToastRegion,
} from 'react-aria-components/Toast'
import { text } from '../../strings/text.ts'
import { IconButton } from '../icon-button.tsx'
import { CircleAlertIcon, CircleCheckIcon, CloseIcon } from '../icons.ts'
import styles from '../toast.module.css'

export type Notice = {
  title: string
  /** Shown as *Undo*; the notice goes when it was pressed, or when it is over: there is nothing to undo then. */
  undo?: { press: () => void; over?: Promise<void> }
  /** Another thing that can be done about it. */
  action?: { label: string; onPress: () => void }
  kind?: 'plain' | 'done' | 'fault'
  /** Stays until it is dismissed. */
  stays?: boolean
}

/** How long a notice stays while nobody points at it and the focus is elsewhere. */
const shownMs = 8_000

const queue = new ToastQueue<Notice>({ maxVisibleToasts: 3 })

/** Shows a notice, in place of one that says the same, and gives back what takes it away again. */
export function notify(notice: Notice): () => void {
  const same = queue.visibleToasts.find(({ content }) => content.title === notice.title)
  if (same) queue.close(same.key)
  const key = queue.add(notice, notice.stays ? {} : { timeout: shownMs })
  const withdraw = () => queue.close(key)
  void notice.undo?.over?.then(withdraw)
  return withdraw
}

/** Where notices are shown; once in the page. */
export function Notices() {
  return (
    <ToastRegion queue={queue} aria-label={text('ui.notices')} className={styles.region}>
      {({ toast }) => (
        <AriaToast toast={toast} className={styles.notice}>
          <NoticeIcon kind={toast.content.kind} />
          <ToastContent className={styles.content}>
            <Text slot="title">{toast.content.title}</Text>
          </ToastContent>
          <Actions notice={toast.content} close={() => queue.close(toast.key)} />
          <IconButton slot="close" variant="onInk" icon={CloseIcon} label={text('ui.dismiss')} />
        </AriaToast>
      )}
    </ToastRegion>
  )
}

function NoticeIcon({ kind }: { kind: Notice['kind'] }) {
  if (kind === 'done') return <CircleCheckIcon aria-hidden="true" className={styles.done} />
  if (kind === 'fault') return <CircleAlertIcon aria-hidden="true" />
  return null
}

function Actions({ notice, close }: { notice: Notice; close: () => void }) {
  const { undo, action } = notice
  return (
    <>
      {action ? <Action label={action.label} onPress={action.onPress} close={close} /> : null}
      {undo ? <Action label={text('ui.undo')} onPress={undo.press} close={close} /> : null}
    </>
  )
}

type ActionProps = { label: string; onPress: () => void; close: () => void }

function Action({ label, onPress, close }: ActionProps) {
  return (
    <Button
      className={styles.action}
      onPress={() => {
        close()
        onPress()
      }}
    >
      {label}
    </Button>
  )
}
