import { useId } from 'react'
import styles from './progress-bar.module.css'

type Props = {
  label: string
  /** Both in any unit; without a total nobody knows how far it is. */
  value: number
  total: number | null
  /** How far it is, in words. */
  description?: string
  hidesLabel?: boolean
}

/** How far something is. */
export function ProgressBar({ label, value, total, description, hidesLabel }: Props) {
  const id = useId()
  return (
    <div className={styles.progress}>
      {hidesLabel ? null : (
        <div className={styles.words}>
          <label htmlFor={id}>{label}</label>
          {description ? <span className={styles.description}>{description}</span> : null}
        </div>
      )}
      <progress
        id={id}
        aria-label={hidesLabel ? label : undefined}
        className={styles.bar}
        max={total ?? undefined}
        value={total === null ? undefined : value}
      />
    </div>
  )
}
