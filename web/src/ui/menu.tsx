import { type ComponentProps } from 'react'
import { EarlyTrigger, useEarlyPress } from './early-trigger.tsx'
import { useOverlays } from './later.ts'
import type {
  Menu as LoadedMenu,
  MenuHeading as LoadedHeading,
  MenuItem as LoadedItem,
} from './overlays/menu.tsx'

/** Commands that open at a button. */
export function Menu(props: Omit<ComponentProps<typeof LoadedMenu>, 'defaultOpen'>) {
  const overlays = useOverlays()
  const [wasPressed, onPressStart] = useEarlyPress()
  if (!overlays) return <EarlyTrigger trigger={props.trigger} onPressStart={onPressStart} />
  return <overlays.Menu {...props} defaultOpen={wasPressed} />
}

export function MenuItem(props: ComponentProps<typeof LoadedItem>) {
  const overlays = useOverlays()
  return overlays && <overlays.MenuItem {...props} />
}

export function MenuLine() {
  const overlays = useOverlays()
  return overlays && <overlays.MenuLine />
}

/** Who or what the menu is about, above its first line. */
export function MenuHeading(props: ComponentProps<typeof LoadedHeading>) {
  const overlays = useOverlays()
  return overlays && <overlays.MenuHeading {...props} />
}
