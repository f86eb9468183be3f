import type { ReactElement, ReactNode } from 'react'
import {
  Tooltip as AriaTooltip,
  TooltipTrigger,
  type TooltipProps,
} from 'react-aria-components/Tooltip'
import { Keys } from './keys.tsx'
import styles from './tooltip.module.css'

type Props = { text: string; shortcut?: string; children: ReactElement }

/** Words beside what is pointed at or focused; its only child is a control of React Aria. */
export function Tooltip({ text, shortcut, children }: Props) {
  return (
    <TooltipTrigger delay={600} closeDelay={100}>
      {children}
      <TooltipText>
        {text}
        {shortcut ? <Keys shortcut={shortcut} /> : null}
      </TooltipText>
    </TooltipTrigger>
  )
}

type TextProps = { placement?: TooltipProps['placement']; children: ReactNode }

/** The words themselves, for a `TooltipTrigger` of one's own. */
export function TooltipText({ placement, children }: TextProps) {
  return (
    <AriaTooltip className={styles.tooltip} offset={6} placement={placement}>
      <>{children}</>
    </AriaTooltip>
  )
}
