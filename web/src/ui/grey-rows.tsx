import styles from './grey-rows.module.css'

type Props = { label: string; rows?: number }

/** Rows as grey bars: what is being fetched and takes longer than 300 ms. */
export function GreyRows({ label, rows = 8 }: Props) {
  return (
    <div role="status" aria-label={label} className={styles.rows}>
      {Array.from({ length: rows }, (_, at) => (
        <div key={at} className={styles.row}>
          <span className={styles.circle} />
          <span className={styles.bars}>
            <span className={styles.bar} />
            <span className={styles.bar} />
          </span>
        </div>
      ))}
    </div>
  )
}
