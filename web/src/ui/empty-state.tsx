import type { ReactNode } from 'react'
import type { Icon } from './icons.ts'
import styles from './empty-state.module.css'

type Props = {
  icon: Icon
  /** What is. */
  title: string
  /** What to do. */
  children?: ReactNode
  /** One primary button, and others. */
  actions?: ReactNode
  /** For what was not there when the screen opened, and is to be read out. */
  isStatus?: boolean
}

/** What stands where nothing is. */
export function EmptyState({ icon: Icon, title, children, actions, isStatus }: Props) {
  return (
    <div className={styles.empty} role={isStatus ? 'status' : undefined}>
      <Icon aria-hidden="true" className={styles.icon} />
      <p className={styles.title}>{title}</p>
      {children ? <div className={styles.words}>{children}</div> : null}
      {actions ? <div className={styles.actions}>{actions}</div> : null}
    </div>
  )
}
