-- contacts/store/search.ts, findByWords: the first page of what has two words, as the server asks for it
with found as materialized (select id, sort_key as place from contacts where owner_id = :owner and deleted_at is null and case when (strpos(search, :first_text) > 0 or search >= :sign_mark and (strpos(search, :first_sign) > 0)) then (search like :second_pattern or search >= :sign_mark and (strpos(search, :second_sign) > 0)) end)
select json_agg(page.id) as id, json_agg(page.modseq) as modseq, json_agg(page.first_name) as first_name, json_agg(page.last_name) as last_name, json_agg(page.email) as email, json_agg(page.phone) as phone, json_agg(page.bday_year) as bday_year, json_agg(page.bday_md) as bday_md, json_agg(page.additional_data) as additional_data, json_agg(page.created_at) as created_at, json_agg(page.updated_at) as updated_at, json_agg(page.place) as place, (select count(*) from found) as total
from (
  select contacts.id, contacts.modseq, contacts.first_name, contacts.last_name, contacts.email, contacts.phone, contacts.bday_year, contacts.bday_md, contacts.additional_data, contacts.created_at, contacts.updated_at, part.place from (
    select id, place from found order by place asc, id asc limit :limit offset :skip
  ) part join contacts on contacts.owner_id = :owner and contacts.id = part.id
  order by place asc, part.id asc
) page;
