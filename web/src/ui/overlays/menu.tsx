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
  selectionMode?: 'single' | 'multiple'
  selectedKeys?: Iterable<string>
  onSelectionChange?: (keys: Set<string>) => void
  defaultOpen?: boolean
}

/** Commands that open at a button; with a selection mode, choices with ticks. */
export function Menu({
  trigger,
  label,
  children,
  placement = 'bottom end',
  onSelectionChange,
  defaultOpen,
  ...rest
}: Props) {
  return (
    <MenuTrigger defaultOpen={defaultOpen}>
      {trigger}
      <Popover className={styles.popover} placement={placement} offset={4}>
        <AriaMenu
          {...rest}
          aria-label={label}
          className={styles.list}
          onSelectionChange={(keys) =>
            keys !== 'all' && onSelectionChange?.(new Set([...keys].map(String)))
          }
        >
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
}

export function MenuItem({
  children,
  icon: Icon,
  shortcut,
  isDangerous,
  picture,
  note,
  ...rest
}: ItemProps) {
  return (
    <AriaMenuItem
      {...rest}
      textValue={children}
      aria-keyshortcuts={shortcut}
      data-keys={shortcut && shownKey(shortcut)}
      className={classes(styles.option, isDangerous && styles.danger)}
    >
      {({ isSelected }) => (
        <>
          {Icon ? <Icon aria-hidden="true" className={styles.icon} /> : null}
          {picture}
          <span className={styles.words}>{children}</span>
          {note ? <span className={styles.note}>{note}</span> : null}
          {isSelected ? <CheckIcon aria-hidden="true" className={styles.tick} /> : null}
        </>
      )}
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
