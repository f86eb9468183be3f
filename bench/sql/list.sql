-- contacts/queries.ts, listContacts: the first page
select contacts.*, (select count(*) from contacts where owner_id = :owner) as total
from contacts
join (
  select owner_id, id
  from contacts
  where owner_id = :owner
  order by "sort_key" asc, id asc
  limit :limit offset :skip
) page using (owner_id, id)
where owner_id = :owner
order by "sort_key" asc, id asc;
