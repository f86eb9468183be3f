-- contacts/store/write-one.ts, insertContact
with owner as (
  insert into owners (id, modseq) values (:owner, 1)
  on conflict (id) do update set modseq = owners.modseq + 1
  returning modseq
)
insert into contacts (owner_id, id, first_name, last_name, email, phone, bday_year, bday_md, additional_data, doc, sort_key, search, notes_search, uid, label_ids, photo_hash, proj_version, card_etag, card_size,
  created_via, created_modseq, modseq)
select :owner::uuid, :new_id::uuid, :first_name, :last_name, :email, :phone, :bday_year::smallint, :bday_md::smallint, :additional_data, :doc::jsonb, :sort_key, :search, :notes_search, :uid, :label_ids::uuid[], :photo_hash, :proj_version::smallint, :card_etag, :card_size::integer, :via, owner.modseq, owner.modseq
from owner
returning contacts.id, contacts.modseq, contacts.first_name, contacts.last_name, contacts.email, contacts.phone, contacts.bday_year, contacts.bday_md, contacts.additional_data, contacts.created_at, contacts.updated_at, contacts.sort_key, contacts.doc, contacts.uid, contacts.label_ids, contacts.photo_hash, contacts.created_via, contacts.created_modseq, contacts.deleted_at;
