import { useEffect } from 'react'
import { createPortal } from 'react-dom'
import { PrintedCard } from './printed-card.tsx'
import { PrintedTable } from './printed-table.tsx'
import { endPrinting, type Sheet } from './printing.ts'
import styles from './print-sheet.module.css'

/** A contact or a table of them in place of the page, while the dialog of the system is open. */
export function PrintedSheet({ sheet }: { sheet: Sheet }) {
  useEffect(() => {
    const root = document.documentElement
    root.dataset['prints'] = 'sheet'
    addEventListener('afterprint', endPrinting, { once: true })
    print()
    return () => {
      delete root.dataset['prints']
      removeEventListener('afterprint', endPrinting)
    }
  }, [])
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
