import { maxLabelsOfContact } from '../../book/contact.ts'
import { memberKey } from '../../book/uid.ts'
import type { Ask } from '../../db/ask.ts'
import { findGroupLabels } from '../../labels/group-cards.ts'
import { labelNamesOf, uidOf, type ContactEntry } from '../file/entry.ts'

/** An entry with the labels that it names, and those of groups that name it. */
export type LabelledEntry = { entry: ContactEntry; labelIds: string[]; groupLabelIds: string[] }

/** @param labels by the names that entries give them */
export async function labelledEntries(
  ask: Ask,
  ownerId: string,
  contacts: readonly ContactEntry[],
  labels: ReadonlyMap<string, { id: string }>,
): Promise<LabelledEntry[]> {
  const uids = contacts.flatMap((entry) => uidOf(entry) ?? [])
  const groups = await findGroupLabels(ask, ownerId, uids)
  return contacts.map((entry) => {
    const ids = labelNamesOf(entry).flatMap((name) => labels.get(name)?.id ?? [])
    const groupLabelIds = groups.get(memberKey(uidOf(entry) ?? '')) ?? []
    return { entry, labelIds: [...new Set(ids)].slice(0, maxLabelsOfContact), groupLabelIds }
  })
}
