-- contacts/queries.ts, insertContact
with owner as (
  insert into owners (id, modseq) values (:owner, 1)
  on conflict (id) do update set modseq = owners.modseq + 1
  returning modseq
)
insert into contacts (owner_id, id, first_name, last_name, email, phone, bday_year, bday_md,
  additional_data, sort_key, search, modseq)
select :owner::uuid, :new_id::uuid, :first_name, :last_name, :email,
  :phone, :bday_year::smallint, :bday_md::smallint, :additional_data,
  :sort_key, :search, modseq
from owner
returning contacts.id, contacts.first_name, contacts.last_name, contacts.email, contacts.phone, contacts.bday_year, contacts.bday_md, contacts.additional_data, contacts.sort_key, contacts.modseq, contacts.created_at, contacts.updated_at;
