import type { Import } from '@kith/server/imports/schema'
import type { ReactNode } from 'react'
import { worker } from '../data/client.ts'
import { downloadFile } from '../data/download.ts'
import { faultOf } from '../data/perform.ts'
import { to } from '../routes.ts'
import { text } from '../strings/text.ts'
import { Button } from '../ui/button.tsx'
import { EmptyState } from '../ui/empty-state.tsx'
import { CircleCheckIcon, DownloadIcon, UndoIcon, WarningIcon } from '../ui/icons.ts'
import { LinkButton } from '../ui/link-button.tsx'
import { ProgressBar } from '../ui/progress-bar.tsx'
import { notify } from '../ui/toast.tsx'
import { countsOf } from './counts.ts'
import { EntriesTable } from './entries-table.tsx'
import { remarksText } from './remark-text.ts'
import { UndoImport } from './undo-import.tsx'
import styles from './imports.module.css'

/** The last step: what an import did, and what can be done about it. */
export function Result({ row }: { row: Import }) {
  if (row.state === 'undoing') {
    return (
      <div className={styles.tile}>
        <ProgressBar label={text('imports.undoing')} value={0} total={null} />
      </div>
    )
  }
  if (row.state === 'undone') return <Undone row={row} />
  return (
    <div className={styles.sections}>
      {row.state === 'failed' ? <Failed row={row} /> : <Done row={row} />}
      {row.failed > 0 ? (
        <EntriesTable
          label={text('imports.failed')}
          importId={row.id}
          outcome="failed"
          isEmptyText={text('imports.none-listed')}
        />
      ) : null}
      {row.dry_run ? null : (
        <EntriesTable
          label={text('imports.remarked')}
          importId={row.id}
          outcome="remarked"
          isEmptyText={null}
        />
      )}
    </div>
  )
}

function Done({ row }: { row: Import }) {
  return (
    <EmptyState
      icon={CircleCheckIcon}
      title={text('imports.done', { count: row.created + row.updated })}
      isStatus
      actions={
        <>
          <LinkButton to={to.contacts} variant="primary">
            {text('imports.show-contacts')}
          </LinkButton>
          {row.created > 0 ? (
            <LinkButton to={to.duplicates}>{text('imports.look-for-duplicates')}</LinkButton>
          ) : null}
          <Further row={row} />
        </>
      }
    >
      {countsOf(row)}
    </EmptyState>
  )
}

function Failed({ row }: { row: Import }) {
  const written = row.dry_run ? 0 : row.created + row.updated
  return (
    <EmptyState
      icon={WarningIcon}
      title={text(row.dry_run ? 'imports.failed-title' : 'imports.failed-import')}
      isStatus
      actions={
        <>
          <LinkButton to={to.import} variant="primary">
            {text('imports.another')}
          </LinkButton>
          {written > 0 ? <Further row={row} /> : null}
        </>
      }
    >
      <p>{remarksText(row.remarks, row.reason)}</p>
      {written > 0 ? <p>{text('imports.failed-safe')}</p> : null}
    </EmptyState>
  )
}

function Undone({ row }: { row: Import }) {
  return (
    <EmptyState
      icon={UndoIcon}
      title={text('imports.undone')}
      isStatus
      actions={
        <LinkButton to={to.import} variant="primary">
          {text('imports.another')}
        </LinkButton>
      }
    >
      {row.kept > 0 ? text('imports.kept', { count: row.kept }) : null}
    </EmptyState>
  )
}

/** The broken entries as a file, and the way back. */
function Further({ row }: { row: Import }): ReactNode {
  return (
    <>
      {row.failed > 0 ? (
        <Button icon={DownloadIcon} onPress={() => downloadFailed(row)}>
          {text('imports.download-failed', { count: row.failed })}
        </Button>
      ) : null}
      <UndoImport row={row} hasIcon />
    </>
  )
}

async function downloadFailed({ id, format }: Import): Promise<void> {
  const answer = await worker.call({
    method: 'GET',
    path: `/api/imports/${id}/failed`,
    as: 'blob',
  })
  if (answer.status !== 200) return void notify({ title: faultOf(answer), kind: 'fault' })
  downloadFile(answer.body as Blob, `kith-failed.${format === 'zip' ? 'json' : format}`)
}
