import { Link, useLocation } from 'wouter'
import type { Icon } from '../ui/icons.ts'
import styles from './phone-sections.module.css'

type Props = { to: string; icon: Icon; children: string }

export function PhoneLink({ to, icon: Icon, children }: Props) {
  const [path] = useLocation()
  const isCurrent = path === to
  return (
    <Link href={to} aria-current={isCurrent ? 'page' : undefined} className={styles.item}>
      <Icon aria-hidden="true" />
      {children}
    </Link>
  )
}
