import type { Ask } from '../../db/ask.ts'

// What people put in first says where they live as well as all of it would.
const contactsToRead = 200

/** The phone numbers of the contacts that an owner has had the longest, as they are written. */
export async function firstPhones(read: Ask, ownerId: string): Promise<string[]> {
  const rows = await read<{ phone: string; phones: { value: string }[] | null }>(
    `select phone, phones from (
      select id, phone, doc->'phones' as phones from contacts
      where owner_id = $1 and deleted_at is null
      order by id limit ${contactsToRead}
    ) first where phone is not null order by id`,
    [ownerId],
  )
  return rows.flatMap(({ phone, phones }) => phones?.map(({ value }) => value) ?? [phone])
}
