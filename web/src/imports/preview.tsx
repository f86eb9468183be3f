import { previewSize } from '@kith/server/imports/preview-size'
import type { Import } from '@kith/server/imports/schema'
import { useState } from 'react'
import { useLocation } from 'wouter'
import { isAt, to } from '../routes.ts'
import { text } from '../strings/text.ts'
import { Banner } from '../ui/banner.tsx'
import { Button } from '../ui/button.tsx'
import { LinkButton } from '../ui/link-button.tsx'
import { notify } from '../ui/toast.tsx'
import type { Outcome } from './counts.ts'
import { EntriesTable } from './entries-table.tsx'
import { OutcomeCounts } from './outcome-counts.tsx'
import { remarksText } from './remark-text.ts'
import { importFile, previewedFile } from './upload.ts'
import styles from './imports.module.css'

/** The second step: what would become of each entry. Nothing is written yet. */
export function Preview({ row }: { row: Import }) {
  const [shown, setShown] = useState<Outcome | null>(row.failed > 0 ? 'failed' : null)
  return (
    <div className={styles.sections}>
      <p className={styles.summary}>
        {text('imports.summary', {
          name: row.file_name,
          count: row.entries ?? row.done,
          format: text(`imports.format-${row.format}`),
        })}
      </p>
      <Warnings row={row} />
      <OutcomeCounts row={row} shown={shown} onShow={setShown} />
      <EntriesTable
        key={shown}
        label={text('imports.preview')}
        importId={row.id}
        outcome={shown}
        isEmptyText={text('imports.none-listed')}
      />
      {mayLackNew(row, shown) ? (
        <p className={styles.note}>{text('imports.first-listed', { count: previewSize })}</p>
      ) : null}
      <Actions row={row} />
    </div>
  )
}

function mayLackNew({ entries, done, created }: Import, shown: Outcome | null): boolean {
  return created > 0 && (entries ?? done) > previewSize && (shown === 'created' || shown === null)
}

function Warnings({ row }: { row: Import }) {
  const warning = remarksText(row.remarks, row.warning)
  return (
    <>
      {warning ? <Banner title={warning} isAlert={false} /> : null}
      {row.charset ? (
        <Banner
          kind="info"
          title={text('imports.charset', { charset: row.charset })}
          isAlert={false}
        />
      ) : null}
      {row.unknown_columns.length > 0 ? (
        <Banner
          kind="info"
          title={text('imports.unknown-columns', {
            count: row.unknown_columns.length,
            columns: row.unknown_columns.join(', '),
          })}
          isAlert={false}
        />
      ) : null}
    </>
  )
}

function Actions({ row }: { row: Import }) {
  const [, navigate] = useLocation()
  const [isPending, setIsPending] = useState(false)
  const file = previewedFile(row.id)
  const count = row.created + row.updated

  async function start(file: File) {
    setIsPending(true)
    const uploaded = await importFile(file)
    setIsPending(false)
    if (uploaded.kind === 'refused') notify({ title: uploaded.detail, kind: 'fault' })
    else if (isAt(to.importOf(row.id))) navigate(to.importOf(uploaded.row.id))
  }

  return (
    <div className={styles.actions}>
      <LinkButton to={to.import}>
        {file ? text('imports.another') : text('imports.again')}
      </LinkButton>
      {count === 0 ? <p className={styles.note}>{text('imports.nothing-new')}</p> : null}
      {file && count > 0 ? (
        <Button variant="primary" isPending={isPending} onPress={() => start(file)}>
          {text('imports.import', { count })}
        </Button>
      ) : null}
    </div>
  )
}
