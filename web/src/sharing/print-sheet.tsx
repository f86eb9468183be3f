import { useEffect } from 'react'
import { createPortal } from 'react-dom'
import { PrintedCard } from './printed-card.tsx'
import { PrintedTable } from './printed-table.tsx'
import { endPrinting, usePrinting } from './printing.ts'
import styles from './print-sheet.module.css'

/** What goes onto paper; once in the page. On the screen there is nothing of it. */
export function PrintSheet() {
  const sheet = usePrinting(({ sheet }) => sheet)
  useEffect(() => {
    if (!sheet) return undefined
    const root = document.documentElement
    root.dataset['prints'] = 'sheet'
    addEventListener('afterprint', endPrinting, { once: true })
    print()
    return () => {
      delete root.dataset['prints']
      removeEventListener('afterprint', endPrinting)
    }
  }, [sheet])
  if (!sheet) return null
  return createPortal(
    <div className={styles.sheet}>
      {sheet.kind === 'card' ? (
        <PrintedCard contact={sheet.contact} />
      ) : (
        <PrintedTable contacts={sheet.contacts} />
      )}
    </div>,
    document.body,
  )
}
