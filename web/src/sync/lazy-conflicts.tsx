import { lazy, Suspense } from 'react'
import { useConflicts } from '../data/state.ts'
import { withMessages } from '../strings/text.ts'

const Conflicts = lazy(async () => ({
  default: (await withMessages(import('../conflicts/conflicts.tsx'))).Conflicts,
}))

/** What of a contact was changed here and elsewhere at the same time; mostly nothing. */
export function LazyConflicts({ contactId }: { contactId: string }) {
  const conflicts = useConflicts().filter((conflict) => conflict.contactId === contactId)
  return conflicts.length === 0 ? null : (
    <Suspense>
      <Conflicts conflicts={conflicts} />
    </Suspense>
  )
}
