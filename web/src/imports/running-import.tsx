import type { Import } from '@kith/server/imports/schema'
import { Link } from 'wouter'
import { to } from '../routes.ts'
import { number } from '../strings/moments.ts'
import { text } from '../strings/text.ts'
import { ProgressBar } from '../ui/progress-bar.tsx'
import { useImports, type Followed } from './following.ts'
import styles from './imports.module.css'

/** In the navigation while an import runs: how far it is, and the way to it. */
export function RunningImport() {
  const row = useImports(({ byId }) => runningOf(Object.values(byId)))
  if (!row) return null
  const words = text('frame.importRunning', {
    done: number(row.done),
    total: number(row.entries ?? row.done),
  })
  return (
    <Link href={to.importOf(row.id)} className={styles.running}>
      {words}
      <ProgressBar label={words} value={row.done} total={row.entries} hidesLabel />
    </Link>
  )
}

function runningOf(all: Followed[]): Import | null {
  for (const one of all) {
    if (one.kind === 'here' && !one.row.dry_run && isAtWork(one.row)) return one.row
  }
  return null
}

function isAtWork({ state }: Import): boolean {
  return state === 'waiting' || state === 'running'
}
