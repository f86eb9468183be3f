import type { ReactNode } from 'react'
import { Checkbox as AriaCheckbox, type CheckboxProps } from 'react-aria-components/Checkbox'
import { CheckIcon, MinusIcon } from './icons.ts'
import styles from './checkbox.module.css'

type Props = Omit<CheckboxProps, 'className' | 'style' | 'children'> & { children?: ReactNode }

/** A box to tick; without words beside it, `aria-label` names it. */
export function Checkbox({ children, ...rest }: Props) {
  return (
    <AriaCheckbox {...rest} className={styles.checkbox}>
      {({ isIndeterminate, isSelected }) => (
        <>
          <span className={styles.box} aria-hidden="true">
            {isIndeterminate ? <MinusIcon /> : isSelected ? <CheckIcon /> : null}
          </span>
          {children}
        </>
      )}
    </AriaCheckbox>
  )
}
