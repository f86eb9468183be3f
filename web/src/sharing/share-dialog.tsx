import { Suspense, lazy, useEffect, useState } from 'react'
import { downloadFile } from '../data/download.ts'
import { titleOf } from '../data/title.ts'
import { useLabels } from '../data/use-labels.ts'
import { text } from '../strings/text.ts'
import { Button } from '../ui/button.tsx'
import { Dialog } from '../ui/dialog.tsx'
import { CopyIcon, DownloadIcon, ShareIcon } from '../ui/icons.ts'
import type { Contact } from '../worker/calls.ts'
import { canShare, copyText, shareFile, vcardFile } from './share.ts'
import styles from './share-dialog.module.css'

const QrCode = lazy(() => import('./qr-code.tsx').then(({ QrCode }) => ({ default: QrCode })))

type Props = { contact: Contact; onClose: () => void }

/** One contact for somebody else: a QR code, a file, or text. */
export function ShareDialog({ contact, onClose }: Props) {
  const name = titleOf(contact)
  const file = useVcardFile(contact)
  return (
    <Dialog title={text('sharing.title', { name })} isOpen onClose={onClose}>
      <div className={styles.body}>
        <Suspense fallback={<div className={styles.waiting} />}>
          <QrCode contact={contact} name={name} />
        </Suspense>
        <div className={styles.actions}>
          {file && canShare(file) ? (
            <Button
              variant="primary"
              icon={ShareIcon}
              wide
              onPress={() => void shareFile(file, name)}
            >
              {text('sharing.share')}
            </Button>
          ) : null}
          <Button
            icon={DownloadIcon}
            wide
            isDisabled={file === null}
            onPress={() => file && downloadFile(file, file.name)}
          >
            {text('sharing.download')}
          </Button>
          <Button icon={CopyIcon} wide onPress={() => void copyText(contact)}>
            {text('sharing.copy')}
          </Button>
        </div>
      </div>
    </Dialog>
  )
}

/** Made before it is asked for: the share sheet opens only within the press of a button. */
function useVcardFile(contact: Contact): File | null {
  const { labels } = useLabels()
  const [file, setFile] = useState<File | null>(null)
  useEffect(() => {
    let isCurrent = true
    void vcardFile(contact, labels).then((file) => isCurrent && setFile(file))
    return () => {
      isCurrent = false
    }
  }, [contact, labels])
  return file
}
