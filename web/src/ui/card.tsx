import type { ReactNode } from 'react'
import { classes } from './classes.ts'
import styles from './card.module.css'

type Props = {
  /** Above the card. */
  title?: string
  /** Of the title: 2 unless said otherwise. */
  level?: 2 | 3
  /** At the end of the title's line. */
  action?: ReactNode
  /** What is explained below the card. */
  note?: ReactNode
  children: ReactNode
}

/** Rows on one tile, divided by hairlines. */
export function Card({ title, level = 2, action, note, children }: Props) {
  const Heading = `h${level}` as const
  return (
    <section className={styles.section}>
      {title ? (
        <div className={styles.line}>
          <Heading className={styles.title}>{title}</Heading>
          {action}
        </div>
      ) : null}
      <div className={styles.card}>{children}</div>
      {note ? <p className={styles.note}>{note}</p> : null}
    </section>
  )
}

type RowProps = {
  /** What the value is. */
  label?: ReactNode
  /** Small controls at the end. */
  end?: ReactNode
  /** Label above the value, also where there is room beside it. */
  stacked?: boolean
  children: ReactNode
}

/** One row of a card: label, value, and what can be done with it. */
export function CardRow({ label, end, stacked = false, children }: RowProps) {
  return (
    <div className={classes(styles.row, stacked && styles.stacked)}>
      {label ? <div className={styles.label}>{label}</div> : null}
      <div className={styles.value}>{children}</div>
      {end ? <div className={styles.end}>{end}</div> : null}
    </div>
  )
}
