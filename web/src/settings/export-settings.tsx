import { useState } from 'react'
import { useLabels } from '../data/use-labels.ts'
import { text } from '../strings/text.ts'
import { Button } from '../ui/button.tsx'
import { Card } from '../ui/card.tsx'
import { DownloadIcon } from '../ui/icons.ts'
import { RadioGroup } from '../ui/radio-group.tsx'
import { Select } from '../ui/select.tsx'
import { accountArchive, contactsFile, exportFormats, type ExportFormat } from './exports.ts'
import { Fault } from './fault.tsx'
import { useDownload } from './use-download.ts'
import styles from './card-form.module.css'

const everybody = 'all'

/** Contacts as a file, and all of the account. */
export function ExportSettings() {
  const { labels } = useLabels()
  const [format, setFormat] = useState<ExportFormat>('vcard3')
  const [of, setOf] = useState(everybody)
  const contacts = useDownload()
  const archive = useDownload()
  const label = of === everybody ? null : of
  return (
    <>
      <Card title={text('settings.contacts')} level={3} note={text('settings.exportNote')}>
        <div className={styles.form}>
          <RadioGroup
            label={text('settings.format')}
            layout="rows"
            options={exportFormats.map((value) => ({
              value,
              label: text(`settings.format.${value}`),
            }))}
            value={format}
            onChange={setFormat}
          />
          <Select
            label={text('settings.which')}
            options={[
              { value: everybody, label: text('settings.allContacts') },
              ...labels.map(({ id, name }) => ({ value: id, label: name })),
            ]}
            value={of}
            onChange={setOf}
          />
          <Fault>{contacts.fault}</Fault>
          <div className={styles.actions}>
            <Button
              variant="primary"
              icon={DownloadIcon}
              isPending={contacts.isPending}
              onPress={() => contacts.download(contactsFile(format, label))}
            >
              {text('settings.export')}
            </Button>
          </div>
        </div>
      </Card>
      <Card title={text('settings.archive')} level={3} note={text('settings.archiveNote')}>
        <div className={styles.form}>
          <Fault>{archive.fault}</Fault>
          <div className={styles.actions}>
            <Button
              icon={DownloadIcon}
              isPending={archive.isPending}
              onPress={() => archive.download(accountArchive())}
            >
              {text('settings.downloadAll')}
            </Button>
          </div>
        </div>
      </Card>
    </>
  )
}
