import type { MergeAnswer, MergeRequest } from '@kith/server/merges/schema'
import { worker } from '../data/client.ts'
import { faultOf, perform } from '../data/perform.ts'
import { titleOf } from '../data/title.ts'
import { cannotUndo, undoable } from '../data/undo-steps.ts'
import { text } from '../strings/text.ts'
import { notify } from '../ui/toast.tsx'

export type Merged =
  | { kind: 'merged'; answer: MergeAnswer }
  | { kind: 'stale' }
  | { kind: 'failed'; detail: string }

/** Merges contacts into one. */
export async function merge(request: MergeRequest): Promise<Merged> {
  const answer = await worker.call({ method: 'POST', path: '/api/contacts/merge', body: request })
  if (answer.status === 412 || answer.status === 404) return { kind: 'stale' }
  if (answer.status !== 200) return { kind: 'failed', detail: faultOf(answer) }
  void worker.syncNow()
  return { kind: 'merged', answer: answer.body as MergeAnswer }
}

/** Says what was merged, with a way back. */
export function notifyMerged(
  { contact, merge_id }: MergeAnswer,
  onUndone: () => void | Promise<void>,
): void {
  const title = text('duplicates.merged', { name: titleOf(contact) })
  if (merge_id === null) return void notify({ title, kind: 'done' })
  const undo = undoable(
    async () => {
      const isDone = await undoMerge(merge_id)
      if (isDone) await onUndone()
      return isDone
    },
    { title, ids: [merge_id] },
  )
  notify({ title, kind: 'done', undo })
}

/** Makes contacts what they were before a merge. @returns whether they are */
export async function undoMerge(mergeId: string, isForced = false): Promise<boolean> {
  const path = `/api/merges/${mergeId}/undo${isForced ? '?force=true' : ''}`
  const forget = () => cannotUndo(mergeId)
  const isDone = (await perform({ method: 'POST', path }, forget)) !== null
  if (isDone) forget()
  return isDone
}
