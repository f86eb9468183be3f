import type { ReactElement, ReactNode } from 'react'
import { Dialog, DialogTrigger } from 'react-aria-components/Dialog'
import { Popover as AriaPopover, type PopoverProps } from 'react-aria-components/Popover'
import { classes } from '../classes.ts'
import list from '../listbox.module.css'
import styles from '../popover.module.css'

type Props = {
  trigger: ReactElement
  label: string
  placement?: PopoverProps['placement']
  isOpen?: boolean
  defaultOpen?: boolean
  onOpenChange?: (isOpen: boolean) => void
  children: ReactNode | ((close: () => void) => ReactNode)
}

/** A small dialog that opens at a button and leaves the page as it is. */
export function Popover({ trigger, label, placement, children, ...rest }: Props) {
  return (
    <DialogTrigger {...rest}>
      {trigger}
      <AriaPopover
        className={classes(list.popover, styles.popover)}
        placement={placement}
        offset={4}
      >
        <Dialog aria-label={label} className={styles.dialog}>
          {({ close }) => (typeof children === 'function' ? children(close) : children)}
        </Dialog>
      </AriaPopover>
    </DialogTrigger>
  )
}
