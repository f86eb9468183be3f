import type { ReactNode } from 'react'
import { Breakable } from '../ui/breakable.tsx'
import { CardRow } from '../ui/card.tsx'
import { CopyButton } from './copy-button.tsx'
import styles from './contact.module.css'

type Props = {
  label: string
  /** What is copied and, unless `children` show it, seen. */
  value: string
  href: string | null
  isNumber?: boolean
  /** A text of several lines, with its label above. */
  isLong?: boolean
  children?: ReactNode
}

/** A value: what it is, a link or text, and a button that copies it. */
export function ValueRow({ label, value, href, isNumber, isLong, children }: Props) {
  const shown = children ?? (isLong ? value : <Breakable>{value}</Breakable>)
  return (
    <CardRow label={label} stacked={isLong} end={<CopyButton value={value} />}>
      <div className={isNumber ? styles.number : styles.text}>
        <bdi>{href ? <OutsideLink href={href}>{shown}</OutsideLink> : shown}</bdi>
      </div>
    </CardRow>
  )
}

function OutsideLink({ href, children }: { href: string; children: ReactNode }) {
  const isWeb = /^https?:/.test(href)
  return (
    <a
      href={href}
      rel="noreferrer noopener"
      target={isWeb ? '_blank' : undefined}
      title={isWeb ? new URL(href).host : undefined}
      className={styles.link}
    >
      {children}
    </a>
  )
}
