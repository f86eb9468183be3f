import styles from './navigation.module.css'

/** Kith's mark, in the accent of the theme. */
export function Mark() {
  return (
    <svg viewBox="0 0 32 32" aria-hidden="true" className={styles.mark}>
      <rect width="32" height="32" rx="9" className={styles.markPaper} />
      <g className={styles.markInk}>
        <rect x="8" y="7" width="4" height="18" rx="2" />
        <path d="M13.6 15.4c0-5 3.9-8.4 10.4-8.4 0 5-3.9 8.4-10.4 8.4Z" />
        <path d="M13.6 16.6c0 5 3.9 8.4 10.4 8.4 0-5-3.9-8.4-10.4-8.4Z" />
      </g>
    </svg>
  )
}
