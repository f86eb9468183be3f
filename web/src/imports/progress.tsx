import type { Import } from '@kith/server/imports/schema'
import { useState } from 'react'
import { number } from '../strings/moments.ts'
import { text } from '../strings/text.ts'
import { Button } from '../ui/button.tsx'
import { ProgressBar } from '../ui/progress-bar.tsx'
import { undoImport } from './upload.ts'
import styles from './imports.module.css'

/** How far the server is with a file. */
export function Progress({ row }: { row: Import }) {
  const [isStopping, setIsStopping] = useState(false)
  const { entries, done, dry_run } = row
  const label = dry_run
    ? text('imports.reading', { name: row.file_name })
    : text('imports.progress')

  async function stop() {
    setIsStopping(true)
    await undoImport(row.id)
    setIsStopping(false)
  }

  return (
    <div className={styles.tile}>
      <ProgressBar
        label={label}
        value={done}
        total={entries}
        description={
          entries === null
            ? undefined
            : text('imports.progress-of', { done: number(done), total: number(entries) })
        }
      />
      <p className={styles.note}>
        {row.state === 'waiting' ? text('imports.waiting') : text('imports.may-leave')}
      </p>
      {dry_run ? null : (
        <Button isPending={isStopping} onPress={stop}>
          {text('imports.cancel')}
        </Button>
      )}
    </div>
  )
}
