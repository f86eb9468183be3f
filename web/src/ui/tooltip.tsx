import type { ReactElement } from 'react'
import { Tooltip as AriaTooltip, TooltipTrigger } from 'react-aria-components/Tooltip'
import { Keys } from './keys.tsx'
import styles from './tooltip.module.css'

type Props = { text: string; shortcut?: string; children: ReactElement }

/** Words beside what is pointed at or focused; its only child is a control of React Aria. */
export function Tooltip({ text, shortcut, children }: Props) {
  return (
    <TooltipTrigger delay={600} closeDelay={100}>
      {children}
      <AriaTooltip className={styles.tooltip} offset={6}>
        {text}
        {shortcut ? <Keys shortcut={shortcut} /> : null}
      </AriaTooltip>
    </TooltipTrigger>
  )
}
