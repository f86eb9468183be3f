import { useState } from 'react'
import { text } from '../strings/text.ts'
import { Button } from '../ui/button.tsx'
import { Card } from '../ui/card.tsx'
import { DownloadIcon } from '../ui/icons.ts'
import { DeleteAccount } from './delete-account.tsx'
import { accountArchive } from './exports.ts'
import { Fault } from './fault.tsx'
import { useDownload } from './use-download.ts'
import styles from './card-form.module.css'

/** The end of an account, after the offer to take everything along. */
export function AccountSettings() {
  const [isAsking, setAsking] = useState(false)
  const { isPending, fault, download } = useDownload()
  return (
    <>
      <Card title={text('settings.takeAlong')} level={3} note={text('settings.archiveNote')}>
        <div className={styles.form}>
          <Fault>{fault}</Fault>
          <div className={styles.actions}>
            <Button
              icon={DownloadIcon}
              isPending={isPending}
              onPress={() => download(accountArchive())}
            >
              {text('settings.downloadAll')}
            </Button>
          </div>
        </div>
      </Card>
      <Card title={text('settings.deleteAccount')} level={3}>
        <div className={styles.form}>
          <p>{text('settings.deleteNote')}</p>
          <div className={styles.actions}>
            <Button variant="danger" onPress={() => setAsking(true)}>
              {text('settings.deleteAccount')}
            </Button>
          </div>
        </div>
      </Card>
      {isAsking ? <DeleteAccount onClose={() => setAsking(false)} /> : null}
    </>
  )
}
