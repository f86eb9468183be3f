import { isInstalled, useInstall } from '../shell/installing.ts'
import { text } from '../strings/text.ts'
import { Button } from '../ui/button.tsx'
import { Card } from '../ui/card.tsx'
import { DownloadIcon } from '../ui/icons.ts'
import styles from './card-form.module.css'

/** The app in a window of its own, which browsers keep longer. */
export function InstallCard() {
  const install = useInstall()
  if (isInstalled()) return null
  return (
    <Card title={text('settings.install')} level={3} note={text('settings.installNote')}>
      <div className={styles.form}>
        {install ? (
          <div className={styles.actions}>
            <Button icon={DownloadIcon} onPress={install}>
              {text('settings.installNow')}
            </Button>
          </div>
        ) : (
          <p>{text('settings.installByHand')}</p>
        )}
      </div>
    </Card>
  )
}
