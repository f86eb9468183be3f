import type { Import } from '@kith/server/imports/schema'
import { useId } from 'react'
import { Link } from 'wouter'
import { usePages } from '../data/use-pages.ts'
import { to } from '../routes.ts'
import { timeAgo } from '../strings/moments.ts'
import { text } from '../strings/text.ts'
import { CloudOffIcon, FileIcon } from '../ui/icons.ts'
import { countsOf } from './counts.ts'
import { useImports } from './following.ts'
import { UndoImport } from './undo-import.tsx'
import styles from './imports.module.css'

/** The imports of the last 30 days, each of which can be undone. */
export function LastImports() {
  const pages = usePages<Import>('/api/imports')
  const { byId } = useImports()
  if (pages.kind === 'offline') return <Offline />
  if (pages.kind !== 'here') return null
  const rows = pages.items
    .filter(({ dry_run }) => !dry_run)
    .map((row) => {
      const followed = byId[row.id]
      return followed?.kind === 'here' ? followed.row : row
    })
  if (rows.length === 0) return null
  return (
    <section>
      <h2 className={styles.title}>{text('imports.last')}</h2>
      <ul aria-label={text('imports.last')} className={styles.card}>
        {rows.map((row) => (
          <LastImport key={row.id} row={row} />
        ))}
      </ul>
    </section>
  )
}

function LastImport({ row }: { row: Import }) {
  const nameId = useId()
  const isDone = row.state === 'done' || row.state === 'failed'
  return (
    <li className={styles.last}>
      <FileIcon aria-hidden="true" className={styles.file} />
      <div className={styles.words}>
        <Link id={nameId} href={to.importOf(row.id)} className={styles.name}>
          {row.file_name}
        </Link>
        <p className={styles.note}>
          {timeAgo(row.created_at)}
          {' · '}
          {isDone && row.state === 'done' ? countsOf(row) : text(`imports.state-${row.state}`)}
        </p>
      </div>
      {isDone ? <UndoImport row={row} nameId={nameId} /> : null}
    </li>
  )
}

function Offline() {
  return (
    <p className={styles.offline} role="status">
      <CloudOffIcon aria-hidden="true" />
      {text('imports.offline')}
    </p>
  )
}
