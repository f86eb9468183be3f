import type { ReactNode } from 'react'
import styles from './page-heading.module.css'

type Props = {
  children: string
  /** A line below it. */
  note?: ReactNode
  actions?: ReactNode
}

/** The heading of a screen, its only one of level 1. */
export function PageHeading({ children, note, actions }: Props) {
  return (
    <header className={styles.header}>
      <div className={styles.words}>
        <h1 className={styles.heading}>{children}</h1>
        {note ? <p className={styles.note}>{note}</p> : null}
      </div>
      {actions ? <div className={styles.actions}>{actions}</div> : null}
    </header>
  )
}
