import { emptyContact } from '../book/contact.ts'
import { categoryKey, labelKey } from '../book/label-name.ts'
import { memberKey } from '../book/uid.ts'
import { findMembers } from '../contacts/store/find-by-uid.ts'
import type { Ask } from '../db/ask.ts'
import { readGroups, type KnownGroup } from '../labels/group-cards.ts'
import { exportCard } from '../vcard/export-card.ts'
import { patchGroupCard } from '../vcard/patch-group-card.ts'
import { readCard } from '../vcard/read-card.ts'
import { writeCard } from '../vcard/write-card.ts'
import type { CardVersion } from './card-version.ts'
import type { Selection } from './queries.ts'

/** By the ids of labels, the UIDs of contacts that have them without a category in their cards. */
export type Members = Map<string, string[]>

type Given = { names: ReadonlyMap<string, string>; groups: Members; version: CardVersion }

// Below the limit of a card that can be read again.
const membersOfCard = 3_000
const membersAtOnce = 200

/**
 * Group cards: those that came in, with the changes of their labels since, and one for each other label
 * that is no category of its contacts' cards.
 */
export async function* exportGroups(
  read: Ask,
  ownerId: string,
  selection: Selection,
  { names, groups, version }: Given,
): AsyncGenerator<string> {
  const left = new Map(groups)
  const named = await namedByCards(read, ownerId, selection)
  for await (const group of readGroups(read, ownerId, selection.labelId)) {
    // Members that no card of the label names go into its first one.
    const added = (left.get(group.labelId) ?? []).filter(
      (uid) => !named.get(group.labelId)?.has(memberKey(uid)),
    )
    const hasRoom = readCard(group.card).members.length + added.length <= membersOfCard
    if (hasRoom || added.length === 0) left.delete(group.labelId)
    const text = await storedGroup(read, ownerId, group, hasRoom ? added : [])
    yield exportCard(text, version)
  }
  for (const [id, members] of left) {
    yield* writtenGroups(id, names.get(id) ?? '', members, version)
  }
}

/** The group cards that came in, with the changes of their labels since, some at a time. */
export async function* storedGroups(
  read: Ask,
  ownerId: string,
  selection: Selection,
): AsyncGenerator<string[]> {
  for await (const group of readGroups(read, ownerId, selection.labelId)) {
    yield [await storedGroup(read, ownerId, group, [])]
  }
}

async function namedByCards(read: Ask, ownerId: string, { labelId }: Selection) {
  const named = new Map<string, Set<string>>()
  for await (const group of readGroups(read, ownerId, labelId)) {
    const keys = named.getOrInsertComputed(group.labelId, () => new Set())
    for (const member of readCard(group.card).members) keys.add(memberKey(member))
  }
  return named
}

async function storedGroup(
  read: Ask,
  ownerId: string,
  { labelId, labelName: current, card }: KnownGroup,
  added: string[],
): Promise<string> {
  const { fullName, members } = readCard(card)
  const gone = new Set<string>()
  for (let at = 0; at < members.length; at += membersAtOnce) {
    const some = members.slice(at, at + membersAtOnce)
    for (const [uid, { label_ids: ids }] of await findMembers(read, ownerId, some)) {
      if (!ids.includes(labelId)) gone.add(uid)
    }
  }
  const isRenamed = categoryKey(fullName ?? '') !== labelKey(current)
  const name = isRenamed ? current : undefined
  return patchGroupCard(card, { name, isRemoved: (uid) => gone.has(uid), added, rev: new Date() })
}

function writtenGroups(id: string, name: string, members: string[], version: CardVersion) {
  const cards: string[] = []
  for (let at = 0; at < members.length; at += membersOfCard) {
    const card = {
      uid: at === 0 ? id : `${id}-${at / membersOfCard + 1}`,
      rev: new Date(),
      contact: emptyContact(),
      categories: [],
      kind: 'group' as const,
      fullName: name,
      members: members.slice(at, at + membersOfCard),
    }
    cards.push(writeCard(card, version === '4.0' ? '4.0' : '3.0'))
  }
  return cards
}
