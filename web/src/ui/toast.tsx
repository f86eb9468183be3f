import { loadOverlays, useOverlays } from './later.ts'
import type { Notice } from './overlays/toast.tsx'

export type { Notice } from './overlays/toast.tsx'

/** Shows a notice and gives back what takes it away again. */
export function notify(notice: Notice): () => void {
  const shown = loadOverlays().then((overlays) => overlays.notify(notice))
  return () => void shown.then((withdraw) => withdraw())
}

/** Where notices are shown; once in the page. */
export function Notices() {
  const overlays = useOverlays()
  return overlays && <overlays.Notices />
}
