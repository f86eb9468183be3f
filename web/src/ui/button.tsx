import type { ReactNode } from 'react'
import { Button as AriaButton, type ButtonProps } from 'react-aria-components/Button'
import { ButtonContent, buttonClass, type Variant } from './button-look.tsx'
import type { Icon } from './icons.ts'

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
