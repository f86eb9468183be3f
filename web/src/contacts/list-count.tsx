import { useEffect, useState } from 'react'
import { useSync } from '../data/state.ts'
import { syncText } from '../frame/sync-text.ts'
import { text } from '../strings/text.ts'
import type { List, ListQuery } from '../worker/calls.ts'
import styles from './list-count.module.css'

type Props = { list: List | null; query: ListQuery }

/** How long after the last key the count is read out. */
const restMs = 300

/** How many there are, in words: shown at once, read out once nobody types any more. */
export function ListCount({ list, query }: Props) {
  const sync = useSync()
  const words =
    sync.kind === 'reading' ? syncText(sync) : countText(list, query.search.trim() !== '')
  const said = useRested(words)
  return (
    <>
      <span className={styles.count} aria-hidden="true">
        {words}
      </span>
      <span role="status" className={styles.unseen}>
        {said}
      </span>
    </>
  )
}

function countText(list: List | null, isSearch: boolean): string {
  if (!list) return ''
  const count = list.slots.length
  if (!isSearch) return text('contacts.count', { count })
  return count === 0 ? text('contacts.nobodyFound') : text('contacts.found', { count })
}

function useRested(words: string): string {
  const [rested, setRested] = useState(words)
  useEffect(() => {
    const rest = setTimeout(() => setRested(words), restMs)
    return () => clearTimeout(rest)
  }, [words])
  return rested
}
