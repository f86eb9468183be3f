import type { Ask } from '../db/ask.ts'

/** How a contact last lost a label. */
export type LossRow = {
  id: string
  /** As it was when it was deleted, where that was the reason. */
  label: { name: string; colour: string | null } | null
  wentWithContacts: boolean
  /** The contact's card before and after. */
  before: string | null
  after: string | null
}

/** How labels were lost; a retired label still has its row until all contacts have lost it. */
export function findLosses(
  read: Ask,
  ownerId: string,
  contactId: string,
  labelIds: readonly string[],
) {
  return read<LossRow>(
    `select lost.id,
      case when labels.id is null then last.label
        else jsonb_build_object('name', labels.name, 'colour', labels.colour)
      end as label,
      coalesce(labels.trashes_contacts, last.operation = 'deleted') as "wentWithContacts",
      last.card as before,
      case when next.modseq is null then contact_cards.card else next.card end as after
    from unnest($3::text[]) with ordinality as lost (id, number)
    cross join lateral (
      select modseq, operation, card,
        case when contact->'ended_label'->>'id' = lost.id then contact->'ended_label' end as label
      from contact_revisions
      where owner_id = $1 and contact_id = $2 and contact->'label_ids' ? lost.id
      order by modseq desc limit 1
    ) last
    left join lateral (
      select modseq, card from contact_revisions
      where owner_id = $1 and contact_id = $2 and modseq > last.modseq
      order by modseq limit 1
    ) next on true
    left join contact_cards on contact_cards.owner_id = $1 and contact_cards.contact_id = $2
    left join labels on labels.owner_id = $1 and labels.id = lost.id::uuid
    order by lost.number`,
    [ownerId, contactId, labelIds],
  )
}
