import type { ReactElement } from 'react'
import { Focusable, TooltipTrigger } from 'react-aria-components/Tooltip'
import { Link, useLocation } from 'wouter'
import { useListAddress } from '../contacts/list-address.ts'
import { addressOfList } from '../contacts/list-address.ts'
import { number } from '../strings/moments.ts'
import type { Icon } from '../ui/icons.ts'
import { TooltipText } from '../ui/tooltip.tsx'
import styles from './navigation.module.css'

type Props = {
  to: string
  icon: Icon | ReactElement
  /** How many there are. */
  count?: number
  /** Its words as a tooltip. */
  isRail?: boolean
  /** Its icon alone. */
  isBare?: boolean
  children: string
}

/** A link of the navigation; the one to what is shown is marked. */
export function NavLink({ to, icon, count, isRail = false, isBare = false, children }: Props) {
  const isCurrent = useIsCurrent(to)
  const link = (
    <Link
      href={to}
      aria-current={isCurrent ? 'page' : undefined}
      className={isBare ? styles.bare : styles.link}
    >
      <span className={styles.icon} aria-hidden="true">
        {typeof icon === 'object' && 'props' in icon ? icon : <PlainIcon icon={icon} />}
      </span>
      <span className={styles.words}>{children}</span>
      {count ? <span className={styles.count}> {number(count)}</span> : null}
    </Link>
  )
  if (!isRail && !isBare) return link
  return (
    <TooltipTrigger delay={300} closeDelay={0}>
      <Focusable>{link}</Focusable>
      <TooltipText placement={isRail ? 'end' : 'top'}>{children}</TooltipText>
    </TooltipTrigger>
  )
}

const PlainIcon = ({ icon: Icon }: { icon: Icon }) => <Icon />

/** Contacts count as shown with the list that they stand in. */
function useIsCurrent(to: string): boolean {
  const [path] = useLocation()
  const list = useListAddress()
  if (path === to || (to !== '/' && path.startsWith(`${to}/`))) return true
  const isContact = path.startsWith('/c/') || path === '/new'
  return isContact && addressOfList({ ...list, search: '', notes: false, sort: null }) === to
}
