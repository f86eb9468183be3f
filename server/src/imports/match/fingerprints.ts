import type { Ask } from '../../db/ask.ts'
import { owner } from '../../contacts/store/find-by-uid.ts'

type ImportKey = { ownerId: string; importId: string }

/**
 * Which contacts in use imports have already said this of.
 * @returns the ids of contacts, by fingerprint
 */
export async function findFingerprints(
  ask: Ask,
  ownerId: string,
  fingerprints: readonly string[],
): Promise<Map<string, string>> {
  if (fingerprints.length === 0) return new Map()
  const rows = await ask<{ fingerprint: string; contact_id: string }>(
    `select wanted.fingerprint, source.contact_id
    from unnest($2::text[]) as wanted (fingerprint) cross join lateral (
      select contact_id from contact_sources
      where owner_id = ${owner} and fingerprint = decode(wanted.fingerprint, 'hex') limit 1
    ) source cross join lateral (
      select deleted_at from contacts
      where owner_id = ${owner} and id = source.contact_id limit 1
    ) contacts where contacts.deleted_at is null`,
    [ownerId, [...new Set(fingerprints)]],
  )
  return new Map(rows.map((row) => [row.fingerprint, row.contact_id]))
}

/** Something that an import has said of a contact; `isAll` when nothing said before holds any more. */
export type RecordedFingerprint = { fingerprint: string; contactId: string; isOnly: boolean }

/** Remembers what was said of contacts; of several, the last one of whom it was said. */
export async function recordFingerprints(
  write: Ask,
  { ownerId, importId }: ImportKey,
  sources: readonly RecordedFingerprint[],
) {
  if (sources.length === 0) return
  const others = sources.flatMap(({ isOnly: isAll, contactId }) => (isAll ? [contactId] : []))
  if (others.length > 0) {
    await write(
      `delete from contact_sources where owner_id = ${owner} and contact_id = any ($2::uuid[])`,
      [ownerId, others],
    )
  }
  const last = [...new Map(sources.map((source) => [source.fingerprint, source])).values()]
  await write(
    `insert into contact_sources (owner_id, import_id, fingerprint, contact_id)
    select $1, $2, decode(fingerprint, 'hex'), contact_id
    from unnest($3::text[], $4::uuid[]) as source (fingerprint, contact_id)
    on conflict (owner_id, fingerprint)
      do update set contact_id = excluded.contact_id, import_id = excluded.import_id`,
    [
      ownerId,
      importId,
      last.map(({ fingerprint }) => fingerprint),
      last.map(({ contactId }) => contactId),
    ],
  )
}

/** A contact is not any more what an import has said of it. */
export async function forgetFingerprints(
  write: Ask,
  { ownerId, importId }: ImportKey,
  contactId: string,
) {
  await write(
    'delete from contact_sources where owner_id = $1 and contact_id = $3 and import_id = $2',
    [ownerId, importId, contactId],
  )
}

/** Those of the contacts of whom the import has already spoken in an earlier entry. */
export async function findMatchedBefore(
  ask: Ask,
  { ownerId, importId }: ImportKey,
  contactIds: readonly string[],
): Promise<Set<string>> {
  if (contactIds.length === 0) return new Set()
  const rows = await ask<{ contact_id: string }>(
    `select contact_id from import_changes
    where owner_id = ${owner} and import_id = $2 and contact_id = any ($3::uuid[])
    union
    select contact_id from import_entries
    where owner_id = ${owner} and import_id = $2 and contact_id = any ($3::uuid[])`,
    [ownerId, importId, contactIds],
  )
  return new Set(rows.map((row) => row.contact_id))
}
