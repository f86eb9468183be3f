import type { ReactNode } from 'react'
import { Button as AriaButton, type ButtonProps } from 'react-aria-components/Button'
import { classes } from './classes.ts'
import type { Icon } from './icons.ts'
import styles from './button.module.css'

export type Variant = 'primary' | 'quiet' | 'plain' | 'accent' | 'danger' | 'plainDanger'

type Props = Omit<ButtonProps, 'className' | 'style' | 'children'> & {
  variant?: Variant
  icon?: Icon
  /** As wide as what it stands in. */
  wide?: boolean
  /** The key that does the same, in the form of `aria-keyshortcuts`. */
  shortcut?: string
  children: ReactNode
}

/**
 * A button with words on it. While `isPending` it cannot be pressed, keeps the focus, and shows that
 * something is under way.
 */
export function Button({ variant = 'quiet', icon, wide, shortcut, children, ...rest }: Props) {
  return (
    <AriaButton {...rest} aria-keyshortcuts={shortcut} className={buttonClass(variant, wide)}>
      {({ isPending }) => (
        <ButtonContent icon={icon} isPending={isPending}>
          {children}
        </ButtonContent>
      )}
    </AriaButton>
  )
}

type ContentProps = { icon?: Icon; isPending?: boolean; children: ReactNode }

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
