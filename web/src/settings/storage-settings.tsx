import { useEffect, useState } from 'react'
import { worker } from '../data/client.ts'
import { useWaiting } from '../data/state.ts'
import { useLabels } from '../data/use-labels.ts'
import { number } from '../strings/moments.ts'
import { text } from '../strings/text.ts'
import { Banner } from '../ui/banner.tsx'
import { Button } from '../ui/button.tsx'
import { Card, CardRow } from '../ui/card.tsx'
import { DownloadIcon } from '../ui/icons.ts'
import type { StorageUse } from '../worker/calls.ts'
import { InstallCard } from './install-card.tsx'
import { megabytes } from './megabytes.ts'
import styles from './card-form.module.css'

/** What this device keeps, and whether it works without a network. */
export function StorageSettings() {
  const [use, look] = useStorage()
  const waiting = useWaiting()
  const { total } = useLabels()
  async function persist() {
    await navigator.storage.persist()
    look()
  }
  if (!use) return null
  return (
    <>
      {use.worksOffline ? null : (
        <Banner isAlert={false} title={text('settings.insecure')}>
          {text('settings.insecureNote')}
        </Banner>
      )}
      <Card note={text('settings.storageNote')}>
        <CardRow label={text('settings.contacts')}>{number(total)}</CardRow>
        <CardRow label={text('settings.photos')}>
          {`${number(use.photos)} · ${megabytes(use.photoBytes)}`}
        </CardRow>
        {use.bytes === null ? null : (
          <CardRow label={text('settings.size')}>{megabytes(use.bytes)}</CardRow>
        )}
        <CardRow label={text('settings.waiting')}>
          {text('settings.changes', { count: waiting.length })}
        </CardRow>
        {use.persisted === null ? null : (
          <CardRow
            label={text('settings.kept')}
            end={
              use.persisted ? null : (
                <Button onPress={() => void persist()}>{text('settings.keep')}</Button>
              )
            }
          >
            {text(use.persisted ? 'settings.keptYes' : 'settings.keptNo')}
          </CardRow>
        )}
      </Card>
      <InstallCard />
      <Card title={text('settings.downloadAgain')} level={3} note={text('settings.againNote')}>
        <div className={styles.form}>
          <div className={styles.actions}>
            <Button icon={DownloadIcon} onPress={() => void worker.downloadAgain().then(look)}>
              {text('settings.downloadAgain')}
            </Button>
          </div>
        </div>
      </Card>
    </>
  )
}

/** What is kept now, and how to look again. */
function useStorage(): [use: StorageUse | null, look: () => void] {
  const [use, setUse] = useState<StorageUse | null>(null)
  const look = () => void worker.storageUse().then(setUse)
  useEffect(() => {
    let isCurrent = true
    void worker.storageUse().then((now) => isCurrent && setUse(now))
    return () => {
      isCurrent = false
    }
  }, [])
  return [use, look]
}
