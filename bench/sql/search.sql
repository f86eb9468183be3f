-- contacts/store/queries.ts, listContacts: the first page of what matches two words
select contacts.id, contacts.modseq, contacts.first_name, contacts.last_name, contacts.email, contacts.phone, contacts.bday_year, contacts.bday_md, contacts.additional_data, contacts.created_at, contacts.updated_at, contacts.sort_key, sort_key as place,
  (select count(*) from contacts where owner_id = :owner and deleted_at is null and search like any (:first_patterns::text[]) and search like any (:second_patterns::text[])) as total
from contacts join (
  select owner_id, id from contacts where owner_id = :owner and deleted_at is null and search like any (:first_patterns::text[]) and search like any (:second_patterns::text[]) order by sort_key asc, id asc limit :limit offset :skip
) page using (owner_id, id)
where owner_id = :owner order by sort_key asc, id asc;
