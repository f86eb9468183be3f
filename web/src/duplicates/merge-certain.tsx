import type { DuplicateGroup } from '@kith/server/duplicates/schema'
import { useState } from 'react'
import { undoable } from '../data/undo-steps.ts'
import { text } from '../strings/text.ts'
import { Button } from '../ui/button.tsx'
import { notify } from '../ui/toast.tsx'
import { mergeRequest } from './choices.ts'
import { merge, undoMerge } from './merge.ts'

type Props = { groups: DuplicateGroup[]; onMerged: () => Promise<void> }

/** Merges every group of which there is no doubt, as each is suggested. */
export function MergeCertain({ groups, onMerged }: Props) {
  const [done, setDone] = useState<number | null>(null)
  if (groups.length === 0 && done === null) return null

  async function mergeAll() {
    const mergeIds: string[] = []
    for (const [at, { contacts, suggested }] of groups.entries()) {
      setDone(at)
      const merged = await merge(mergeRequest(contacts, suggested.id, {}))
      if (merged.kind === 'merged' && merged.answer.merge_id !== null) {
        mergeIds.push(merged.answer.merge_id)
      }
    }
    await onMerged()
    setDone(null)
    report(mergeIds, groups.length - mergeIds.length, onMerged)
  }

  return (
    <>
      {done === null ? null : (
        <span role="status">
          {text('duplicates.merging-certain', { done, total: groups.length })}
        </span>
      )}
      <Button isPending={done !== null} onPress={mergeAll}>
        {text('duplicates.merge-certain', { count: groups.length })}
      </Button>
    </>
  )
}

function report(mergeIds: string[], failed: number, onUndone: () => Promise<void>) {
  if (failed > 0)
    notify({ title: text('duplicates.merge-failed', { count: failed }), kind: 'fault' })
  if (mergeIds.length === 0) return
  const title = text('duplicates.merged-certain', { count: mergeIds.length })
  notify({
    title,
    undo: undoable(
      async (ids) => {
        const isDone = await undoAll(ids)
        await onUndone()
        return isDone
      },
      { title, ids: mergeIds },
    ),
    kind: 'done',
  })
}

async function undoAll(mergeIds: readonly string[]): Promise<boolean> {
  for (const mergeId of mergeIds.toReversed()) {
    if (!(await undoMerge(mergeId))) return false
  }
  return true
}
