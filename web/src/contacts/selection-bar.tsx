import { lazy, Suspense } from 'react'
import { useSelectedCount } from './selection.ts'

const SelectionTools = lazy(() =>
  import('./selection-tools.tsx').then((module) => ({ default: module.SelectionTools })),
)

/** What can be done with the selected contacts, at the bottom of the list. */
export function SelectionBar() {
  const count = useSelectedCount()
  return count > 0 ? (
    <Suspense fallback={null}>
      <SelectionTools count={count} />
    </Suspense>
  ) : null
}
