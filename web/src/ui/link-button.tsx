import type { ComponentProps, ReactNode } from 'react'
import { Link } from 'wouter'
import { ButtonContent, buttonClass, type Variant } from './button-look.tsx'
import { classes } from './classes.ts'
import type { Icon } from './icons.ts'
import iconStyles from './icon-button.module.css'

type Look = { variant?: Variant; icon?: Icon; wide?: boolean; children: ReactNode }
type Props = Omit<ComponentProps<'a'>, keyof Look | 'className' | 'style' | 'href'> & Look

/** A link to another screen that looks like a button. */
export function LinkButton({
  to,
  variant = 'quiet',
  icon,
  wide,
  children,
  ...rest
}: Props & { to: string }) {
  return (
    <Link {...rest} href={to} className={buttonClass(variant, wide)}>
      <ButtonContent icon={icon}>{children}</ButtonContent>
    </Link>
  )
}

/** A link to another screen with an icon alone; its label is its name. */
export function IconLink({ to, icon: Icon, label }: { to: string; icon: Icon; label: string }) {
  return (
    <Link
      href={to}
      aria-label={label}
      title={label}
      className={classes(iconStyles.button, iconStyles.plain)}
    >
      <Icon aria-hidden="true" />
    </Link>
  )
}

/** A link that looks like a button and leaves the app: `tel:`, `mailto:`, a file, another site. */
export function OutsideLinkButton({
  href,
  variant = 'quiet',
  icon,
  wide,
  children,
  ...rest
}: Props & { href: string }) {
  return (
    <a {...rest} href={href} rel="noreferrer noopener" className={buttonClass(variant, wide)}>
      <ButtonContent icon={icon}>{children}</ButtonContent>
    </a>
  )
}
