import type { ComponentProps } from 'react'
import { useOverlays } from './later.ts'
import type { AlertDialog as LoadedDialog } from './overlays/alert-dialog.tsx'

/** A question before what cannot be undone. */
export function AlertDialog(props: ComponentProps<typeof LoadedDialog>) {
  const overlays = useOverlays()
  return overlays && <overlays.AlertDialog {...props} />
}
