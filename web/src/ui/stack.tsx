import type { ReactNode } from 'react'
import { classes } from './classes.ts'
import styles from './stack.module.css'

type Props = { gap?: 'small' | 'medium' | 'large'; children: ReactNode }

/** Things below each other, evenly apart: 8, 16 or 24 px. */
export function Stack({ gap = 'medium', children }: Props) {
  return <div className={classes(styles.stack, styles[gap])}>{children}</div>
}
