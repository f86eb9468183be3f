import { memberKey } from '../book/uid.ts'
import type { Ask } from '../db/ask.ts'

/**
 * Whom groups name still, though they had lost the label before they were deleted, and nobody has read the group
 * since: members that are no contacts stay in a group, and these are none of them.
 * @returns the keys of such members, by the fingerprints of the groups
 */
export async function findLeftMembers(
  ask: Ask,
  ownerId: string,
  fingerprints: readonly string[],
): Promise<Map<string, ReadonlySet<string>>> {
  const rows = await ask<{ fingerprint: string; uid: string }>(leftMembers, [ownerId, fingerprints])
  const left = new Map<string, Set<string>>()
  for (const { fingerprint, uid } of rows) {
    left.getOrInsertComputed(fingerprint, () => new Set()).add(memberKey(uid))
  }
  return left
}

// Whoever was deleted before the group was written or checked was a stranger to it already.
const leftMembers = `select encode(fingerprint, 'hex') as fingerprint, coalesce(uid, gone.id::text) as uid
    from group_cards cross join lateral (
      select contacts.id, contacts.uid from tombstones
      join contacts on contacts.owner_id = $1 and contacts.id = contact_id
      where tombstones.owner_id = $1
        and tombstones.modseq > greatest(group_cards.modseq, nullif(checked_modseq, -1))
        and deleted_at is not null and not label_ids @> array[label_id]
    ) gone
    where group_cards.owner_id = $1
      and fingerprint in (select decode(wanted, 'hex') from unnest($2::text[]) as wanted)`
