import type { ReactNode } from 'react'
import styles from './details.module.css'

/** A row of a card that unfolds: what not everybody needs. */
export function Details({ summary, children }: { summary: string; children: ReactNode }) {
  return (
    <details className={styles.details}>
      <summary className={styles.summary}>{summary}</summary>
      <div className={styles.body}>{children}</div>
    </details>
  )
}
