import { randomUUIDv7 } from 'node:crypto'
import { contactFormats } from '../../book/formats.ts'
import { categoryKey, labelName } from '../../book/label-name.ts'
import { uidKey } from '../../book/uid.ts'
import { firstBookId } from '../../contacts/store/card-files.ts'
import { findUidHolders } from '../../contacts/store/uid-holders.ts'
import type { Ask } from '../../db/ask.ts'
import { findGroup, type GroupCard } from '../../labels/group-cards.ts'
import { findLabel, findLabelsByKey } from '../../labels/queries.ts'
import { readCard } from '../../vcard/read-card.ts'
import { withUid } from '../../vcard/with-uid.ts'
import { fingerprintCard } from '../file/fingerprint.ts'
import type { Run } from './run.ts'

/** A group card of the file. */
export type Group = Omit<GroupCard, 'labelId'> & {
  /** The number of its entry. */
  number: number
  /** The UIDs of its members, in the form in which UIDs are compared. */
  members: string[]
}

/** Which label a group becomes, and which of its members get it. */
export type GroupPlan = {
  group: Group
  /** The address book in which the group is, or is to be. */
  bookId: string
  /** Whether an import has brought exactly this card before. */
  isKnown: boolean
  /** The label's name, once it is renamed. */
  label: string
  /** null for a label that is yet to be created. */
  labelId: string | null
  /** The name that the group's label gets, because the group has got it. */
  rename: { from: string; key: string; colour: string | null } | null
  /** Members that the group did not name before: the owner may have taken the label off the others. */
  newMembers: ReadonlySet<string>
}

/** @param entry a group of the file; `source` is its card as JSON */
export function readGroup(entry: { number: number; name: string; source: string }): Group {
  const card = JSON.parse(entry.source) as string
  const { uid, version, members } = readCard(card)
  return {
    number: entry.number,
    name: entry.name,
    card,
    version: version ?? '2.1',
    uidKey: uid && uidKey(uid),
    fingerprint: fingerprintCard(card, uid, []).whole,
    members: [...new Set(members.map(uidKey))],
  }
}

/** Finds a group's label: by an earlier import of the group, by its UID, and else by its name. */
export async function planGroup(ask: Ask, run: Run, group: Group): Promise<GroupPlan> {
  const { ownerId, importId } = run
  const known = await findGroup(ask, ownerId, group)
  const isKnown = known?.fingerprint === group.fingerprint
  const allMembers = new Set(group.members)
  const bookId = known?.bookId ?? firstBookId
  const plan = { group, bookId, isKnown, rename: null, newMembers: allMembers }
  const own = known ? undefined : await findExportedLabel(ask, ownerId, group)
  if (own) return { ...plan, label: own.name, labelId: own.id }
  // Two groups of one file stay two, whatever their UIDs.
  const isNamesake = !isKnown && known?.importId === importId
  if (!known || isNamesake) {
    const distinct = isNamesake ? withNewUid(group) : await withFreeUid(ask, ownerId, plan)
    const [there] = await findLabelsByKey(ask, ownerId, [categoryKey(group.name)])
    return { ...plan, group: distinct, label: group.name, labelId: there?.id ?? null }
  }
  const earlier = new Set(isKnown ? group.members : readCard(known.card).members.map(uidKey))
  const newMembers = allMembers.difference(earlier)
  const key = categoryKey(group.name)
  const isRenamed = key !== categoryKey(known.name) && key !== categoryKey(known.labelName)
  const { labelId, labelName: from, colour } = known
  if (!isRenamed) return { ...plan, label: from, labelId, newMembers }
  const [other] = await findLabelsByKey(ask, ownerId, [key])
  if (other) return { ...plan, label: other.name, labelId: other.id }
  const label = labelName(group.name) ?? from
  return { ...plan, label, labelId, rename: { from, key, colour }, newMembers }
}

/** The group, with another UID where a contact of its book has that which came. */
export async function withFreeUid(
  ask: Ask,
  ownerId: string,
  { group, bookId }: Pick<GroupPlan, 'group' | 'bookId'>,
): Promise<Group> {
  const { uidKey: uid } = group
  const isTaken = uid !== null && (await findUidHolders(ask, ownerId, { bookId, uid })).length > 0
  return isTaken ? withNewUid(group) : group
}

function withNewUid(group: Group): Group {
  const uid = randomUUIDv7()
  return { ...group, uidKey: uid, card: withUid(group.card, uid) }
}

/** A group card that an export of ours wrote has the id of its label as its UID. */
async function findExportedLabel(ask: Ask, ownerId: string, { uidKey }: Group) {
  const isId = uidKey !== null && contactFormats.uuid.isValid(uidKey)
  return isId ? findLabel(ask, ownerId, uidKey) : undefined
}
