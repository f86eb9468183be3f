import type { Ask } from '../../db/ask.ts'
import { bind } from '../../db/bind.ts'
import { wholeColumns, type CardedRow } from './rows.ts'

/** Before the first id. */
export const beforeFirstId = '00000000-0000-0000-0000-000000000000'

// How much one transaction writes while others wait for it: this many contacts, and about this many
// octets of cards, since some hold photos.
const batchSize = 25
const batchOctets = 2 * 1024 * 1024

/** A contact with everything that a change of its labels depends on. */
export type BatchRow = CardedRow & { search: string }

/**
 * The next contacts behind an id that have a label, those in the trash among them, in the order of
 * ids: as many as a batch takes, and none only when there are no more.
 */
export function findLabelled(read: Ask, ownerId: string, labelId: string, after: string) {
  return findBatch(read, "label_ids <> '{}' and label_ids @> array[$3::uuid]", [
    ownerId,
    after,
    labelId,
  ])
}

/** The same of the contacts in use that have one of these ids. */
export function findAmong(read: Ask, ownerId: string, ids: readonly string[], after: string) {
  return findBatch(read, 'id = any ($3::uuid[]) and deleted_at is null', [ownerId, after, ids])
}

function findBatch(read: Ask, condition: string, given: unknown[]) {
  const { values, add } = bind(given)
  return read<BatchRow>(
    `select ${wholeColumns}, contacts.search, batch.card, batch.version as card_version
    from (
      select page.owner_id, page.id, card, version,
        coalesce(sum(octet_length(card)) over (order by page.id), 0)
          - coalesce(octet_length(card), 0) as octets_before
      from (
        select owner_id, id from contacts
        where owner_id = $1 and id > $2 and ${condition} order by id limit ${batchSize}
      ) page left join contact_cards
        on contact_cards.owner_id = $1 and contact_cards.contact_id = page.id
    ) batch join contacts on contacts.owner_id = $1 and contacts.id = batch.id
    where octets_before < ${add(batchOctets)} order by contacts.id`,
    values,
  )
}
