import type { ComponentProps } from 'react'
import { useOverlays } from './later.ts'
import type { Sheet as LoadedSheet } from './overlays/sheet.tsx'

/** A sheet that rises from the bottom of a phone. */
export function Sheet(props: ComponentProps<typeof LoadedSheet>) {
  const overlays = useOverlays()
  return overlays && <overlays.Sheet {...props} />
}
