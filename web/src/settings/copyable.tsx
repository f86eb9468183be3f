import { text } from '../strings/text.ts'
import { Breakable } from '../ui/breakable.tsx'
import { IconButton } from '../ui/icon-button.tsx'
import { CopyIcon } from '../ui/icons.ts'
import { notify } from '../ui/toast.tsx'
import styles from './copyable.module.css'

type Props = {
  value: string
  /** Whether it stands there this once: it can be selected by one click, and the focus is on its copying. */
  isSecret?: boolean
  onCopied?: () => void
}

/** A value to be typed or pasted elsewhere. */
export function Copyable({ value, isSecret = false, onCopied }: Props) {
  async function copy() {
    await navigator.clipboard.writeText(value)
    notify({ title: text('settings.copied'), kind: 'done' })
    onCopied?.()
  }
  return (
    <span className={styles.line}>
      <code dir="ltr" className={isSecret ? styles.secret : styles.value}>
        <Breakable>{value}</Breakable>
      </code>
      <IconButton
        size="small"
        autoFocus={isSecret}
        icon={CopyIcon}
        label={text('settings.copy', { value })}
        hint={text('settings.copyIt')}
        onPress={() => void copy()}
      />
    </span>
  )
}
