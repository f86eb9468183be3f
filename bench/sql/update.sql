-- contacts/contacts.ts, changeContact: findContact and updateContact
select contacts.id, contacts.first_name, contacts.last_name, contacts.email, contacts.phone, contacts.bday_year, contacts.bday_md, contacts.additional_data, contacts.sort_key, contacts.modseq, contacts.created_at, contacts.updated_at from contacts where owner_id = :owner and id = :complete_id \gset row_
with owner as (
  update owners set modseq = modseq + 1 where id = :owner returning modseq
)
update contacts set first_name = :row_first_name, last_name = :row_last_name,
  email = :row_email, phone = :row_phone, bday_year = :row_bday_year::smallint,
  bday_md = :row_bday_md::smallint, additional_data = :note, sort_key = :row_sort_key,
  search = :search, modseq = owner.modseq, updated_at = clock_timestamp()
from owner
where contacts.owner_id = :owner and contacts.id = :complete_id and contacts.modseq = :row_modseq
returning contacts.id, contacts.first_name, contacts.last_name, contacts.email, contacts.phone, contacts.bday_year, contacts.bday_md, contacts.additional_data, contacts.sort_key, contacts.modseq, contacts.created_at, contacts.updated_at;
