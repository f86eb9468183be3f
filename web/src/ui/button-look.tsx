import type { ReactNode } from 'react'
import { classes } from './classes.ts'
import type { Icon } from './icons.ts'
import styles from './button.module.css'

export type Variant = 'primary' | 'quiet' | 'plain' | 'accent' | 'danger' | 'plainDanger'

type ContentProps = { icon?: Icon; isPending?: boolean; children: ReactNode }

/** What stands on a button, or on a link that looks like one. */
export function ButtonContent({ icon: Icon, isPending = false, children }: ContentProps) {
  return (
    <>
      {isPending ? <span className={styles.spinner} aria-hidden="true" /> : null}
      {Icon && !isPending ? <Icon aria-hidden="true" /> : null}
      <span className={styles.text}>{children}</span>
    </>
  )
}

export const buttonClass = (variant: Variant, wide = false) =>
  classes(styles.button, styles[variant], wide && styles.wide)
