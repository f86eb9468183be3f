import type { Merge } from '@kith/server/merges/schema'
import { useId, useState } from 'react'
import type { Pages } from '../data/use-pages.ts'
import { timeAgo } from '../strings/moments.ts'
import { text } from '../strings/text.ts'
import { AlertDialog } from '../ui/alert-dialog.tsx'
import { Button } from '../ui/button.tsx'
import { Card, CardRow } from '../ui/card.tsx'
import { notify } from '../ui/toast.tsx'
import { undoMerge } from './merge.ts'
import styles from './duplicates.module.css'

type Props = { pages: Pages<Merge>; onUndone: () => Promise<void> }

/** The merges of the last 30 days, each of which can be undone. */
export function MergedLately({ pages, onUndone }: Props) {
  const [asked, setAsked] = useState<Merge | null>(null)
  if (pages.kind !== 'here') return null
  const merges = pages.items.filter(({ undone_at }) => undone_at === null)
  if (merges.length === 0) return null

  async function undo(merge: Merge, isForced: boolean) {
    const isDone = await undoMerge(merge.merge_id, isForced)
    setAsked(null)
    if (!isDone) return
    await onUndone()
    notify({ title: text('duplicates.undone', { name: merge.contact.name }), kind: 'done' })
  }

  return (
    <Card title={text('duplicates.merged-lately')}>
      {merges.map((merge) => (
        <MergeRow
          key={merge.merge_id}
          merge={merge}
          onUndo={() => (merge.changed_since ? setAsked(merge) : undo(merge, false))}
        />
      ))}
      <AlertDialog
        title={text('duplicates.ask-force')}
        isOpen={asked !== null}
        isDangerous={false}
        action={text('duplicates.undo-merge')}
        onAction={() => asked && undo(asked, true)}
        onCancel={() => setAsked(null)}
      >
        <p>{text('duplicates.ask-force-about', { name: asked?.contact.name ?? '' })}</p>
      </AlertDialog>
    </Card>
  )
}

function MergeRow({ merge, onUndo }: { merge: Merge; onUndo: () => void }) {
  const nameId = useId()
  const { contact, merged, merged_at } = merge
  return (
    <CardRow
      end={
        merge.can_undo ? (
          <Button aria-describedby={nameId} onPress={onUndo}>
            {text('duplicates.undo-merge')}
          </Button>
        ) : null
      }
    >
      <p id={nameId} className={styles.name}>
        {contact.name}
      </p>
      <p className={styles.note}>
        {text('duplicates.merged-from', { count: merged.length, time: timeAgo(merged_at) })}
      </p>
    </CardRow>
  )
}
