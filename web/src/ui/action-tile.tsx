import type { Icon } from './icons.ts'
import styles from './action-tile.module.css'

type Props = {
  icon: Icon
  href: string
  /** Where it leads, when that is another site. */
  hint?: string
  children: string
}

/** A tile that leads out of the app, such as to the phone. */
export function ActionTile({ icon: Icon, href, hint, children }: Props) {
  const isWeb = href.startsWith('https:')
  return (
    <a
      href={href}
      title={hint}
      rel="noreferrer noopener"
      target={isWeb ? '_blank' : undefined}
      className={styles.tile}
    >
      <Icon aria-hidden="true" />
      {children}
    </a>
  )
}
