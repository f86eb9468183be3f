import { text } from '../strings/text.ts'
import { classes } from '../ui/classes.ts'
import { CheckIcon } from '../ui/icons.ts'
import styles from './steps.module.css'

const steps = ['file', 'preview', 'import', 'result'] as const
export type Step = (typeof steps)[number]

/** Where an import is on its way from a file to its result. */
export function Steps({ current }: { current: Step }) {
  const at = steps.indexOf(current)
  return (
    <ol aria-label={text('imports.steps')} className={styles.steps}>
      {steps.map((step, index) => (
        <li
          key={step}
          aria-current={step === current ? 'step' : undefined}
          className={classes(styles.step, index < at && styles.done)}
        >
          <span className={styles.number} aria-hidden="true">
            {index < at ? <CheckIcon /> : index + 1}
          </span>
          {text(`imports.step-${step}`)}
        </li>
      ))}
    </ol>
  )
}
