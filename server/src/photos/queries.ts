import type { Ask } from '../db/ask.ts'
import type { Size } from './shape.ts'

/** @returns undefined where there is no such contact, null in it where that has no photo */
export async function findPhotoHash(read: Ask, ownerId: string, id: string) {
  const rows = await read<{ hash: string | null }>(
    `select photo_hash as hash from contacts
    where owner_id = $1 and id = $2 and deleted_at is null`,
    [ownerId, id],
  )
  return rows[0]
}

/** The photo in this size; empty where the original cannot be read. */
export async function findShaped(
  read: Ask,
  ownerId: string,
  id: string,
  size: Size,
  hash: string,
): Promise<Buffer | undefined> {
  const rows = await read<{ bytes: Buffer }>(
    `select bytes from contact_photos
    where owner_id = $1 and contact_id = $2 and size = $3 and hash = $4`,
    [ownerId, id, size, hash],
  )
  return rows[0]?.bytes
}

/** Stores a photo in one size, unless the contact has another photo now. */
export async function keepShaped(
  write: Ask,
  ownerId: string,
  id: string,
  shaped: { size: Size; hash: string; bytes: Buffer },
): Promise<void> {
  await write(
    `insert into contact_photos (owner_id, contact_id, size, hash, bytes)
    select owner_id, id, $3, $4, $5 from contacts
    where owner_id = $1 and id = $2 and photo_hash = $4
    on conflict (owner_id, contact_id, size)
      do update set hash = excluded.hash, bytes = excluded.bytes`,
    [ownerId, id, shaped.size, shaped.hash, shaped.bytes],
  )
}

/** Deletes the sizes of photos that the contact no longer has. */
export async function forgetShaped(write: Ask, ownerId: string, id: string): Promise<void> {
  await write(
    `delete from contact_photos using contacts
    where contacts.owner_id = $1 and contacts.id = $2 and contact_photos.owner_id = $1
      and contact_photos.contact_id = $2 and contact_photos.hash is distinct from photo_hash`,
    [ownerId, id],
  )
}

export async function findCard(read: Ask, ownerId: string, id: string) {
  const rows = await read<{ card: string }>(
    'select card from contact_cards where owner_id = $1 and contact_id = $2',
    [ownerId, id],
  )
  return rows[0]?.card
}
