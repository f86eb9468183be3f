import { to } from '../routes.ts'
import { isInstalled, useInstall } from '../shell/installing.ts'
import { text } from '../strings/text.ts'
import { Button } from '../ui/button.tsx'
import { LinkButton } from '../ui/link-button.tsx'
import styles from './waiting-list.module.css'

/** That browsers keep the data of an installed app longer, where something is on this device alone. */
export function InstallHint() {
  const install = useInstall()
  if (isInstalled()) return null
  return (
    <div className={styles.hint}>
      <p className={styles.note}>{text('waiting.install')}</p>
      {install ? (
        <Button onPress={install}>{text('waiting.installNow')}</Button>
      ) : (
        // There it says how it is done by hand.
        <LinkButton to={to.settings('storage')}>{text('waiting.installNow')}</LinkButton>
      )}
    </div>
  )
}
