import type { ImportEntry } from '@kith/server/imports/schema'
import { usePages } from '../data/use-pages.ts'
import { number } from '../strings/moments.ts'
import { text } from '../strings/text.ts'
import { Button } from '../ui/button.tsx'
import { classes } from '../ui/classes.ts'
import { ServerPane } from '../ui/server-pane.tsx'
import type { Outcome } from './counts.ts'
import { remarksText } from './remark-text.ts'
import styles from './entries-table.module.css'

type Props = {
  label: string
  importId: string
  /** Only entries of which this became, or those that came in with a remark; null for all. */
  outcome: Outcome | 'remarked' | null
  /** In place of a table without rows; null: there is none then. */
  isEmptyText: string | null
}

/** What becomes of the entries of a file, but of those that are simply added. */
export function EntriesTable({ label, importId, outcome, isEmptyText }: Props) {
  const filter = outcome === 'remarked' ? '&remarked=true' : outcome ? `&outcome=${outcome}` : ''
  const pages = usePages<ImportEntry>(`/api/imports/${importId}/entries?limit=100${filter}`)
  if (isEmptyText === null && pages.kind === 'here' && pages.items.length === 0) return null
  return (
    <ServerPane state={pages} label={label} offline={text('imports.offline')}>
      {pages.kind === 'here' ? (
        <div className={styles.frame}>
          <table aria-label={label} className={styles.table}>
            <thead>
              <tr>
                <th scope="col">{text('imports.number')}</th>
                <th scope="col">{text('imports.name')}</th>
                <th scope="col">{text('imports.happens')}</th>
                <th scope="col">{text('imports.why')}</th>
              </tr>
            </thead>
            <tbody>
              {pages.items.map((entry) => (
                <EntryRow key={entry.number} entry={entry} />
              ))}
              {pages.items.length === 0 ? (
                <tr>
                  <td colSpan={4} className={styles.none}>
                    {isEmptyText}
                  </td>
                </tr>
              ) : null}
            </tbody>
          </table>
          {pages.next ? (
            <Button variant="plain" onPress={pages.showMore}>
              {text('imports.more')}
            </Button>
          ) : null}
        </div>
      ) : null}
    </ServerPane>
  )
}

function EntryRow({ entry }: { entry: ImportEntry }) {
  return (
    <tr>
      <td className={styles.number}>{number(entry.number)}</td>
      <th scope="row" className={classes(styles.name, entry.name === null && styles.unnamed)}>
        {entry.name ?? text('imports.unnamed')}
      </th>
      <td className={classes(styles.outcome, styles[entry.outcome])}>
        {text(`imports.row-${entry.outcome}`)}
      </td>
      <td className={styles.why}>{remarksText(entry.remarks, entry.reason)}</td>
    </tr>
  )
}
