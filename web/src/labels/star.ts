import { changeContacts, type UndoStep } from '../data/change.ts'
import { worker } from '../data/client.ts'
import { starredName, useLabels } from '../data/use-labels.ts'
import { text } from '../strings/text.ts'
import { notify } from '../ui/toast.tsx'
import type { Contact } from '../worker/calls.ts'
import { labelChanges, newLabelChanges } from './pick-labels.ts'

/** The star, which sets the label of the favourites. */
export function useStar(): {
  isStarred: (contact: Pick<Contact, 'label_ids'>) => boolean
  /** Stars the contacts, or takes the star from them; null where none of them needed it. */
  setStarred: (ids: readonly string[], isStarred: boolean) => Promise<UndoStep | null>
} {
  const { labels, starred } = useLabels()
  return {
    isStarred: ({ label_ids }) => starred !== undefined && label_ids.includes(starred.id),
    async setStarred(ids, isStarred) {
      const contacts = await worker.contacts([...ids])
      const changes = starred
        ? labelChanges(contacts, starred.id, isStarred)
        : isStarred
          ? newLabelChanges(contacts, starredName, labels)
          : []
      return changes.length === 0 ? null : changeContacts(changes)
    },
  }
}

/** Stars several contacts, or takes the star from them when all have it, and says so with a way back. */
export function useStarMany(): (ids: readonly string[]) => Promise<void> {
  const { isStarred, setStarred } = useStar()
  return async (ids) => {
    const contacts = await worker.contacts([...ids])
    const isGiven = !contacts.every(isStarred)
    const step = await setStarred(ids, isGiven)
    if (!step) return
    notify({
      title: text(isGiven ? 'labels.starred' : 'labels.unstarred', { count: ids.length }),
      kind: 'done',
      undo: step,
    })
  }
}
