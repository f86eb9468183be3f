import type { ReactNode } from 'react'
import styles from './details.module.css'

/** What few need: unfolded when asked for. */
export function Details({ summary, children }: { summary: string; children: ReactNode }) {
  return (
    <details className={styles.details}>
      <summary className={styles.summary}>{summary}</summary>
      {children}
    </details>
  )
}
