import { memo, useEffect, useState } from 'react'
import type { Answer } from '../data/first-list.ts'
import { useSync } from '../data/state.ts'
import { syncText } from '../frame/sync-text.ts'
import { text } from '../strings/text.ts'
import styles from './list-count.module.css'

/** How long after the last key the count is read out. */
const restMs = 300

/** How many there are, in words: shown at once, read out once nobody types any more. */
export const ListCount = memo(function ListCount({ answer }: { answer: Answer | null }) {
  const sync = useSync()
  const words = sync.kind === 'reading' ? syncText(sync) : countText(answer)
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
})

function countText(answer: Answer | null): string {
  if (!answer) return ''
  const { list, query } = answer
  const count = list.slots.length
  if (query.search.trim() === '') return text('contacts.count', { count })
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
