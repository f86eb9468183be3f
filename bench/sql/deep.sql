-- contacts/queries.ts, listContacts: a page behind a cursor
select contacts.*, (select count(*) from contacts where owner_id = :owner) as total
from contacts
join (
  select owner_id, id
  from contacts
  where owner_id = :owner
  and ("sort_key", id) > (:after_key, :after_id::uuid)
  order by "sort_key" asc, id asc
  limit :limit offset :skip
) page using (owner_id, id)
where owner_id = :owner
order by "sort_key" asc, id asc;
