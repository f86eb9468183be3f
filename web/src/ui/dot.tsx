import styles from './dot.module.css'

/** `#rrggbb`, or none of its own. */
export type Swatch = string | null

/** A small disc in a colour that somebody chose; decoration beside a name. */
export function Dot({ colour }: { colour: Swatch }) {
  return (
    <svg viewBox="0 0 10 10" aria-hidden="true" className={styles.dot}>
      <circle cx="5" cy="5" r="5" fill={colour ?? 'currentcolor'} />
    </svg>
  )
}
