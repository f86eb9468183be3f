import { memberKey, uidForms, uidKey } from '../../book/uid.ts'
import type { Ask } from '../../db/ask.ts'
import { wholeColumns, type WholeRow } from './rows.ts'
import { hasUidInAnyCase } from './uid-in-any-case.ts'

/** A contact in use, with the hash of its card. */
export type FoundRow = WholeRow & {
  /** SHA-256 of the card's text, in hex; null without a card. */
  card_hash: string | null
}

export const found = `${wholeColumns},
  encode(sha256(convert_to(contact_cards.card, 'UTF8')), 'hex') as card_hash`

export const withCard = `left join lateral (
    select card from contact_cards where owner_id = $1 and contact_id = contacts.id limit 1
  ) contact_cards on true`

/** The contacts in use whose UID, or whose id, is one of these, and those whose UID differs in case alone. */
export async function findByUids(
  ask: Ask,
  ownerId: string,
  uids: readonly string[],
): Promise<Map<string, FoundRow>> {
  if (uids.length === 0) return new Map()
  const { spellings, ids } = spellingsOf(uids)
  // One by one through their indexes: of all at once PostgreSQL would go through the whole book.
  const rows = await ask<FoundRow>(
    `select ${found} from (
      select same.id from unnest($2::text[]) as wanted (uid) cross join lateral (
        select id from contacts
        where owner_id = $1 and ${hasUidInAnyCase('wanted.uid')} offset 0
      ) same
      union
      select same.id from unnest($3::uuid[]) as wanted (id) cross join lateral (
        select id, deleted_at from contacts
        where owner_id = $1 and id = wanted.id limit 1
      ) same where deleted_at is null
    ) named cross join lateral (
      select * from contacts where owner_id = $1 and id = named.id limit 1
    ) contacts ${withCard}`,
    [ownerId, spellings, ids],
  )
  // A contact with this UID goes before one with this id.
  const byId = rows.map((row): [string, FoundRow] => [row.id, row])
  const byUid = rows.flatMap((row): [string, FoundRow][] =>
    row.uid === null ? [] : [[uidKey(row.uid), row]],
  )
  return new Map([...byId, ...byUid])
}

function spellingsOf(uids: readonly string[]) {
  const forms = uids.map(uidForms)
  const spellings = new Set(forms.flatMap((form) => form.spellings))
  const ids = new Set(forms.flatMap(({ id }) => id ?? []))
  return { spellings: [...spellings], ids: [...ids] }
}

/**
 * The contacts in use that groups name as their members, by the members' UIDs. Programs may write a
 * UUID there in another case than in the card.
 */
export async function findMembers(
  ask: Ask,
  ownerId: string,
  members: readonly string[],
): Promise<Map<string, FoundRow>> {
  const rows = await findByUids(ask, ownerId, members)
  const inAnyCase = new Map([...rows].map(([uid, row]) => [memberKey(uid), row]))
  return new Map(
    members.flatMap((uid): [string, FoundRow][] => {
      const row = rows.get(uidKey(uid)) ?? inAnyCase.get(memberKey(uid))
      return row ? [[uid, row]] : []
    }),
  )
}

// Beyond so many, reading the UIDs of the whole book takes less than looking for each.
const fewMembers = 50

/** The ids of all of them: each address book may have one of a UID. */
export async function findMemberIds(
  ask: Ask,
  ownerId: string,
  members: readonly string[],
): Promise<string[]> {
  if (members.length === 0) return []
  const { spellings, ids } = spellingsOf(members)
  const named = await ask<{ id: string; uid: string }>(
    members.length > fewMembers ? namedOfBook : namedOneByOne,
    [ownerId, spellings],
  )
  const keys = new Set(named.map(({ uid }) => uidKey(uid)))
  const others = await ask<{ id: string }>(
    `select id from contacts where owner_id = $1 and id = any ($2::uuid[]) and deleted_at is null`,
    [ownerId, ids.filter((id) => !keys.has(id))],
  )
  return [...new Set([...named, ...others].map(({ id }) => id))]
}

const namedOneByOne = `select same.id, wanted.uid from unnest($2::text[]) as wanted (uid) cross join lateral (
    select id from contacts where owner_id = $1 and ${hasUidInAnyCase('wanted.uid')} offset 0
  ) same`

// "Is true" keeps PostgreSQL from joining: of a book that was filled since it last counted, it expects one contact,
// and would look through all of the book, or all of the members, again and again.
const namedOfBook = `select id, uid from contacts
  where owner_id = $1 and uid is not null and deleted_at is null
    and (lower(uid collate "C") in (
      select lower(wanted.uid collate "C") from unnest($2::text[]) as wanted (uid)
    )) is true`
