import { lazy, Suspense } from 'react'

const OpenLabelPicker = lazy(() =>
  import('./open-label-picker.tsx').then((module) => ({ default: module.OpenLabelPicker })),
)

type Props = { ids: readonly string[]; isOpen: boolean; onClose: () => void }

/** Gives labels to contacts and takes them away; loaded when somebody wants to. */
export function LabelPicker({ ids, isOpen, onClose }: Props) {
  return isOpen ? (
    <Suspense fallback={null}>
      <OpenLabelPicker ids={ids} onClose={onClose} />
    </Suspense>
  ) : null
}
