-- contacts/change.ts, changeContact: findWhole and updateContact
select contacts.id, contacts.modseq, contacts.first_name, contacts.last_name, contacts.email, contacts.phone, contacts.bday_year, contacts.bday_md, contacts.additional_data, contacts.created_at, contacts.updated_at, contacts.sort_key, contacts.doc, contacts.uid, contacts.label_ids, contacts.photo_hash, contacts.created_via, contacts.created_modseq, contacts.deleted_at, card, version as card_version
from contacts left join contact_cards on contact_cards.owner_id = contacts.owner_id
  and contact_cards.contact_id = contacts.id
where contacts.owner_id = :owner and contacts.id = :complete_id
  and deleted_at is null \gset row_
with owner as (
  update owners set modseq = modseq + 1 where id = :owner returning modseq
),
changed as (
  update contacts set first_name = :row_first_name, last_name = :row_last_name, email = :row_email, phone = :row_phone, bday_year = :row_bday_year::smallint, bday_md = :row_bday_md::smallint, additional_data = :note, doc = :doc::jsonb, sort_key = :row_sort_key, search = :search, notes_search = :notes_search, uid = :uid, label_ids = :label_ids::uuid[], photo_hash = :photo_hash, proj_version = :proj_version::smallint, card_etag = :card_etag, card_size = :card_size::integer, updated_at = statement_timestamp(), modseq = owner.modseq
  from owner
  where contacts.owner_id = :owner and contacts.id = :complete_id and contacts.modseq = :row_modseq and contacts.card_etag is null
  returning contacts.id, contacts.modseq, contacts.first_name, contacts.last_name, contacts.email, contacts.phone, contacts.bday_year, contacts.bday_md, contacts.additional_data, contacts.created_at, contacts.updated_at, contacts.sort_key, contacts.doc, contacts.uid, contacts.label_ids, contacts.photo_hash, contacts.created_via, contacts.created_modseq, contacts.deleted_at, contacts.book_id, contacts.card_name
),
revision as (
  insert into contact_revisions
    (owner_id, contact_id, modseq, at, actor_id, via, operation, contact, card)
  select :owner, changed.id, changed.modseq, statement_timestamp(), :owner::uuid,
    :via, :operation, :state::jsonb, null
  from changed
)
select * from changed;
