-- contacts/store/queries.ts, listContacts: the first page
select contacts.id, contacts.modseq, contacts.first_name, contacts.last_name, contacts.email, contacts.phone, contacts.bday_year, contacts.bday_md, contacts.additional_data, contacts.created_at, contacts.updated_at, contacts.sort_key, sort_key as place,
  (select count(*) from contacts where owner_id = :owner and deleted_at is null) as total
from contacts where owner_id = :owner and deleted_at is null order by sort_key asc, id asc limit :limit offset :skip;
