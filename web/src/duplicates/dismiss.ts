import type { DuplicateGroup } from '@kith/server/duplicates/schema'
import { perform } from '../data/perform.ts'
import { cannotUndo, undoable } from '../data/undo-steps.ts'
import { text } from '../strings/text.ts'
import { notify } from '../ui/toast.tsx'

type Group = Pick<DuplicateGroup, 'id'>

/** Remembers that the contacts of a group are different people. @returns whether that is so now */
export async function dismiss(group: Group, onTakenBack: () => Promise<void>): Promise<boolean> {
  const path = `/api/duplicates/${group.id}/dismiss`
  if (!(await perform({ method: 'POST', path }))) return false
  const title = text('duplicates.dismissed')
  notify({
    title,
    undo: undoable(
      async () => {
        const isDone = await takeBack(group)
        if (isDone) await onTakenBack()
        return isDone
      },
      { title, ids: [group.id] },
    ),
  })
  return true
}

/** Has the contacts of a group compared again. @returns whether they are */
export async function takeBack({ id }: Group): Promise<boolean> {
  const forget = () => cannotUndo(id)
  const path = `/api/duplicates/${id}/dismiss`
  const isDone = (await perform({ method: 'DELETE', path }, forget)) !== null
  if (isDone) forget()
  return isDone
}
