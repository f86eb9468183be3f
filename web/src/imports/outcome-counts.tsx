import type { Import } from '@kith/server/imports/schema'
import { ToggleButton } from 'react-aria-components/ToggleButton'
import { number } from '../strings/moments.ts'
import { text } from '../strings/text.ts'
import { classes } from '../ui/classes.ts'
import { outcomes, type Outcome } from './counts.ts'
import styles from './outcome-counts.module.css'

type Props = {
  row: Import
  /** The outcome whose entries are shown; null for all of them. */
  shown: Outcome | null
  onShow: (outcome: Outcome | null) => void
}

/** The four counts of a file, each of which shows its entries alone. */
export function OutcomeCounts({ row, shown, onShow }: Props) {
  return (
    <div role="group" aria-label={text('imports.outcomes')} className={styles.counts}>
      {outcomes.map((outcome) => (
        <ToggleButton
          key={outcome}
          isSelected={shown === outcome}
          onChange={(isSelected) => onShow(isSelected ? outcome : null)}
          className={classes(styles.count, outcome === 'failed' && row.failed > 0 && styles.failed)}
        >
          <span className={styles.number}>{number(row[outcome])}</span> {text(`imports.${outcome}`)}
        </ToggleButton>
      ))}
    </div>
  )
}
