import { changeContacts } from '../data/change.ts'
import { worker } from '../data/client.ts'
import { undoWaitsFor, type UndoStep } from '../data/undo-steps.ts'
import { starredName, useLabels } from '../data/use-labels.ts'
import { text } from '../strings/text.ts'
import { notify } from '../ui/toast.tsx'
import type { Contact } from '../worker/calls.ts'
import { hasLabel } from './pick-labels.ts'

const readAtOnce = 500

type IsStarred = (contact: Pick<Contact, 'label_ids'>) => boolean

/** Whether the star, which is the label of the favourites, is set. */
export function useIsStarred(): IsStarred {
  const { starred } = useLabels()
  return (contact) => starred !== undefined && hasLabel(contact, starred)
}

/** Stars the contacts, or takes the star from them. */
export function setStarred(ids: readonly string[], isGiven: boolean): Promise<UndoStep | null> {
  const changes = ids.map((id) => ({ kind: 'label', id, name: starredName, isGiven }) as const)
  return changeContacts(changes, { title: starredText(ids.length, isGiven), ids })
}

const starredText = (count: number, isGiven: boolean) =>
  text(isGiven ? 'labels.starred' : 'labels.unstarred', { count })

/** Stars several contacts, or takes the star from them when all have it, and says so with a way back. */
export function useStarMany(): (ids: readonly string[]) => Promise<void> {
  const isStarred = useIsStarred()
  async function star(ids: readonly string[]) {
    const isGiven = !(await areAll(ids, isStarred))
    const step = await setStarred(ids, isGiven)
    if (step) notify({ title: starredText(ids.length, isGiven), kind: 'done', undo: step })
  }
  return (ids) => undoWaitsFor(star(ids))
}

/** Whether all contacts are so: mostly the first ones tell. */
async function areAll(ids: readonly string[], isSo: IsStarred): Promise<boolean> {
  for (let at = 0; at < ids.length; at += readAtOnce) {
    const contacts = await worker.contacts(ids.slice(at, at + readAtOnce))
    if (!contacts.every(isSo)) return false
  }
  return true
}
