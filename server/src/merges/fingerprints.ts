import type { LockedBook } from '../contacts/store/locked-book.ts'

/** What imports have said of some contacts, they have said of this one. */
export async function moveFingerprints(
  { ask, ownerId }: LockedBook,
  from: readonly string[],
  to: string,
) {
  await ask(
    `update contact_sources set contact_id = $3
    where owner_id = $1 and contact_id = any ($2::uuid[])`,
    [ownerId, from, to],
  )
}

/** Takes that back, as far as imports have not said it of the merged contact since. */
export async function returnFingerprints(
  { ask, ownerId }: LockedBook,
  mergeId: string,
  { place, from, to }: { place: number; from: string; to: string },
) {
  await ask(
    `update contact_sources set contact_id = $5
    where owner_id = $1 and contact_id = $4 and fingerprint = any (array(
      select unnest(fingerprints) from merge_parts
      where owner_id = $1 and merge_id = $2 and place = $3
    ))`,
    [ownerId, mergeId, place, from, to],
  )
}
