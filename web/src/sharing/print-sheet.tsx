import { Suspense, lazy } from 'react'
import { withMessages } from '../strings/text.ts'
import { usePrinting } from './printing.ts'

const PrintedSheet = lazy(() =>
  withMessages(import('./printed-sheet.tsx')).then(({ PrintedSheet }) => ({
    default: PrintedSheet,
  })),
)

/** What goes onto paper; once in the page. On the screen there is nothing of it. */
export function PrintSheet() {
  const sheet = usePrinting(({ sheet }) => sheet)
  if (!sheet) return null
  return (
    <Suspense>
      <PrintedSheet sheet={sheet} />
    </Suspense>
  )
}
