import type { ReactNode } from 'react'
import { classes } from './classes.ts'
import { CircleAlertIcon, InfoIcon, WarningIcon } from './icons.ts'
import styles from './banner.module.css'

type Props = {
  kind?: 'info' | 'warning' | 'fault'
  title: string
  children?: ReactNode
  actions?: ReactNode
  /** Read out at once. Not for what stood there when the screen opened. */
  isAlert?: boolean
}

const icons = { info: InfoIcon, warning: WarningIcon, fault: CircleAlertIcon }

/** What somebody must know, in the place that it is about. */
export function Banner({ kind = 'warning', title, children, actions, isAlert = true }: Props) {
  const Icon = icons[kind]
  return (
    <div
      role={isAlert ? 'alert' : undefined}
      aria-label={isAlert ? title : undefined}
      className={classes(styles.banner, styles[kind])}
    >
      <Icon aria-hidden="true" />
      <div className={styles.words}>
        <p className={styles.title}>{title}</p>
        {children}
      </div>
      {actions ? <div className={styles.actions}>{actions}</div> : null}
    </div>
  )
}
