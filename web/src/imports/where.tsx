import { text } from '../strings/text.ts'
import { ChevronRightIcon } from '../ui/icons.ts'
import styles from './imports.module.css'

const programs = ['google', 'apple', 'android', 'outlook'] as const

/** How to get a file out of other programs. */
export function Where() {
  return (
    <section>
      <h2 className={styles.title}>{text('imports.where')}</h2>
      <div className={styles.card}>
        {programs.map((program) => (
          <details key={program} className={styles.program}>
            <summary>
              <ChevronRightIcon aria-hidden="true" />
              {text(`imports.${program}`)}
            </summary>
            <p>{text(`imports.${program}-how`)}</p>
          </details>
        ))}
      </div>
    </section>
  )
}
