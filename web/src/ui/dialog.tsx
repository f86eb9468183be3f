import type { ComponentProps } from 'react'
import { useOverlays } from './later.ts'
import type { Dialog as LoadedDialog } from './overlays/dialog.tsx'

/** A dialog over the page. Escape, the cross and a press beside it close it. */
export function Dialog(props: ComponentProps<typeof LoadedDialog>) {
  const overlays = useOverlays()
  return overlays && <overlays.Dialog {...props} />
}
