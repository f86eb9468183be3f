import type { ReactNode } from 'react'
import styles from './details.module.css'

type Props = {
  summary: string
  /** Whether it is unfolded from the start. */
  isOpen?: boolean
  children: ReactNode
}

/** What few need: unfolded when asked for. */
export function Details({ summary, isOpen, children }: Props) {
  return (
    <details open={isOpen} className={styles.details}>
      <summary className={styles.summary}>{summary}</summary>
      {children}
    </details>
  )
}
