import type { ComponentProps, ReactElement, ReactNode } from 'react'
import {
  Header,
  Menu as AriaMenu,
  MenuItem as AriaMenuItem,
  MenuSection,
  MenuTrigger,
  type MenuItemProps,
} from 'react-aria-components/Menu'
import { Popover } from 'react-aria-components/Popover'
import { Separator } from 'react-aria-components/Separator'
import { classes } from '../classes.ts'
import { CheckIcon, type Icon } from '../icons.ts'
import { shownKey } from '../keys.tsx'
import styles from '../listbox.module.css'

type Props = {
  /** The button that opens it. */
  trigger: ReactElement
  label?: string
  children: ReactNode
  placement?: ComponentProps<typeof Popover>['placement']
  defaultOpen?: boolean
}

/** Commands that open at a button. */
export function Menu({ trigger, label, children, placement = 'bottom end', defaultOpen }: Props) {
  return (
    <MenuTrigger defaultOpen={defaultOpen}>
      {trigger}
      <Popover className={styles.popover} placement={placement} offset={4}>
        <AriaMenu aria-label={label} className={styles.list}>
          {children}
        </AriaMenu>
      </Popover>
    </MenuTrigger>
  )
}

type ItemProps = Omit<MenuItemProps, 'className' | 'style' | 'children' | 'textValue'> & {
  children: string
  icon?: Icon
  /** The key that does the same, in the form of `aria-keyshortcuts`. */
  shortcut?: string
  isDangerous?: boolean
  /** In place of an icon. */
  picture?: ReactNode
  /** A second, quieter text. */
  note?: string
  /** Whether it is what is so already. */
  isCurrent?: boolean
}

export function MenuItem({
  children,
  icon: Icon,
  shortcut,
  isDangerous,
  picture,
  note,
  isCurrent,
  ...rest
}: ItemProps) {
  return (
    <AriaMenuItem
      {...rest}
      textValue={children}
      aria-keyshortcuts={shortcut}
      aria-current={isCurrent || undefined}
      data-keys={shortcut && shownKey(shortcut)}
      className={classes(styles.option, isDangerous && styles.danger)}
    >
      {Icon ? <Icon aria-hidden="true" className={styles.icon} /> : null}
      {picture}
      <span className={styles.words}>{children}</span>
      {note ? <span className={styles.note}>{note}</span> : null}
      {isCurrent ? <CheckIcon aria-hidden="true" className={styles.tick} /> : null}
    </AriaMenuItem>
  )
}

export const MenuLine = () => <Separator className={styles.line} />

/** Who or what the menu is about, above its first line. */
export function MenuHeading({ title, children }: { title: string; children?: ReactNode }) {
  return (
    <MenuSection aria-label={title}>
      <Header className={styles.heading}>
        <strong className={styles.headingTitle}>{title}</strong>
        {children}
      </Header>
    </MenuSection>
  )
}
