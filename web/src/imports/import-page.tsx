import { useState } from 'react'
import { useLocation } from 'wouter'
import { isAt, to } from '../routes.ts'
import { text } from '../strings/text.ts'
import { Banner } from '../ui/banner.tsx'
import { DropZone } from '../ui/drop-zone.tsx'
import { ImportIcon } from '../ui/icons.ts'
import { PageHeading } from '../ui/page-heading.tsx'
import { Page } from '../ui/page.tsx'
import { ProgressBar } from '../ui/progress-bar.tsx'
import { LastImports } from './last-imports.tsx'
import { Steps } from './steps.tsx'
import { acceptedTypes, preview } from './upload.ts'
import { useLaunchedFile } from './use-launched-file.ts'
import { Where } from './where.tsx'
import styles from './imports.module.css'

/** The first step of an import: a file, which is read without writing anything. */
export function ImportPage() {
  const [, navigate] = useLocation()
  const [uploading, setUploading] = useState<string | null>(null)
  const [fault, setFault] = useState<string | null>(null)

  async function read(file: File) {
    setFault(null)
    setUploading(file.name)
    const uploaded = await preview(file)
    setUploading(null)
    if (uploaded.kind === 'refused') setFault(uploaded.detail)
    else if (isAt(to.import)) navigate(to.importOf(uploaded.row.id))
  }
  useLaunchedFile(read)

  return (
    <Page>
      <PageHeading>{text('imports.title')}</PageHeading>
      <Steps current="file" />
      <div className={styles.sections}>
        {fault ? (
          <Banner kind="fault" title={text('imports.failed-title')}>
            <p>{fault}</p>
          </Banner>
        ) : null}
        {uploading === null ? (
          <DropZone
            label={text('imports.drop')}
            icon={ImportIcon}
            choose={text('imports.choose')}
            accepts={acceptedTypes}
            onFile={read}
          >
            <p className={styles.drop}>{text('imports.drop')}</p>
            <p>{text('imports.limits')}</p>
            <p>{text('imports.nothing-written')}</p>
          </DropZone>
        ) : (
          <div className={styles.tile}>
            <ProgressBar
              label={text('imports.uploading', { name: uploading })}
              value={0}
              total={null}
            />
          </div>
        )}
        <LastImports />
        <Where />
      </div>
    </Page>
  )
}
