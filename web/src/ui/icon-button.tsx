import { Button, type ButtonProps } from 'react-aria-components/Button'
import { classes } from './classes.ts'
import type { Icon } from './icons.ts'
import { Tooltip } from './tooltip.tsx'
import styles from './icon-button.module.css'

export type IconButtonProps = Omit<ButtonProps, 'className' | 'style' | 'children'> & {
  icon: Icon
  /** Its name, shown beside it while it is pointed at. */
  label: string
  /** What else the tooltip says in place of the label. */
  hint?: string
  variant?: 'plain' | 'primary' | 'quiet' | 'danger' | 'onInk'
  /** The key that does the same, in the form of `aria-keyshortcuts`. */
  shortcut?: string
  /** `small` in a row of values: 32 px with a mouse; `field` beside a field: as high as that. */
  size?: 'small' | 'field'
}

/** A button with an icon alone; its label is its name and its tooltip. */
export function IconButton({
  icon: Icon,
  label,
  hint,
  variant = 'plain',
  shortcut,
  size,
  ...rest
}: IconButtonProps) {
  return (
    <Tooltip text={hint ?? label} shortcut={shortcut}>
      <Button
        {...rest}
        aria-label={label}
        aria-keyshortcuts={shortcut}
        className={classes(styles.button, styles[variant], size && styles[size])}
      >
        <Icon aria-hidden="true" />
      </Button>
    </Tooltip>
  )
}

type ToggleProps = {
  icon: Icon
  label: string
  isPressed: boolean
  onChange: (isPressed: boolean) => void
  shortcut?: string
  /** Fills the icon while pressed. */
  fills?: boolean
}

/** An icon that stays pressed, such as a star. */
export function IconToggle({
  icon: Icon,
  label,
  isPressed,
  onChange,
  shortcut,
  fills,
}: ToggleProps) {
  return (
    <Tooltip text={label} shortcut={shortcut}>
      <Button
        aria-label={label}
        aria-keyshortcuts={shortcut}
        aria-pressed={isPressed}
        onPress={() => onChange(!isPressed)}
        className={classes(styles.button, styles.plain, fills && styles.fills)}
      >
        <Icon aria-hidden="true" />
      </Button>
    </Tooltip>
  )
}
