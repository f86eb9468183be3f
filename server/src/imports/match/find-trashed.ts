import { contactFormats } from '../../book/formats.ts'
import type { Ask } from '../../db/ask.ts'
import { fingerprintOf, isTrashed, type ContactEntry } from '../file/entry.ts'

/**
 * Finds the contacts that entries from the trash of an archive have become, wherever they are now: by
 * the fingerprints of earlier imports, else by their ids, where the archive is one of this very account.
 * @returns the ids of contacts, by the numbers of entries
 */
export async function findTrashed(
  ask: Ask,
  ownerId: string,
  entries: readonly ContactEntry[],
): Promise<Map<number, string>> {
  const trashed = entries.filter(isTrashed)
  if (trashed.length === 0) return new Map()
  const ids = trashed.map(({ archived }) => archived?.id ?? null)
  const rows = await ask<{ number: number; id: string }>(
    `select wanted.number, contacts.id
    from unnest($2::integer[], $3::text[], $4::uuid[]) as wanted (number, fingerprint, id)
    left join lateral (
      select contact_id from contact_sources
      where owner_id = $1 and fingerprint = decode(wanted.fingerprint, 'hex') limit 1
    ) source on true
    cross join lateral (
      select id from contacts
      where owner_id = $1 and id = coalesce(source.contact_id, wanted.id) limit 1
    ) contacts`,
    [
      ownerId,
      trashed.map(({ number }) => number),
      trashed.map(fingerprintOf),
      ids.map((id) => (id !== null && contactFormats.uuid.isValid(id) ? id : null)),
    ],
  )
  return new Map(rows.map(({ number, id }) => [number, id]))
}
