import type { ReactNode } from 'react'
import { classes } from './classes.ts'
import styles from './page.module.css'

/** The column of a screen that takes the place of list and detail, with the paddings of its width. */
export function Page({ children, wide = false }: { children: ReactNode; wide?: boolean }) {
  return <div className={classes(styles.page, wide && styles.wide)}>{children}</div>
}
