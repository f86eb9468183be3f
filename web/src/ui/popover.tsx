import type { ComponentProps } from 'react'
import { EarlyTrigger, useEarlyPress } from './early-trigger.tsx'
import { useOverlays } from './later.ts'
import type { Popover as LoadedPopover } from './overlays/popover.tsx'

/** A small dialog that opens at a button and leaves the page as it is. */
export function Popover(props: Omit<ComponentProps<typeof LoadedPopover>, 'defaultOpen'>) {
  const overlays = useOverlays()
  const [wasPressed, onPressStart] = useEarlyPress()
  if (!overlays) return <EarlyTrigger trigger={props.trigger} onPressStart={onPressStart} />
  return <overlays.Popover {...props} defaultOpen={wasPressed} />
}
