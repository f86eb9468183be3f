-- contacts/queries.ts, listContacts: the first page of what matches two words
select contacts.*, (select count(*) from contacts where owner_id = :owner and search like any (:first_patterns::text[]) and search like any (:second_patterns::text[])) as total
from contacts
join (
  select owner_id, id
  from contacts
  where owner_id = :owner and search like any (:first_patterns::text[]) and search like any (:second_patterns::text[])
  order by "sort_key" asc, id asc
  limit :limit offset :skip
) page using (owner_id, id)
where owner_id = :owner
order by "sort_key" asc, id asc;
