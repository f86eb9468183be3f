-- birthdays/queries.ts, findBirthdays: a week within one year, as the server asks for it
select json_agg(page.id) as id, json_agg(page.modseq) as modseq, json_agg(page.first_name) as first_name, json_agg(page.last_name) as last_name, json_agg(page.email) as email, json_agg(page.phone) as phone, json_agg(page.bday_year) as bday_year, json_agg(page.bday_md) as bday_md, json_agg(page.additional_data) as additional_data, json_agg(page.created_at) as created_at, json_agg(page.updated_at) as updated_at, json_agg(page.sort_key) as sort_key from (
  select contacts.id, contacts.modseq, contacts.first_name, contacts.last_name, contacts.email, contacts.phone, contacts.bday_year, contacts.bday_md, contacts.additional_data, contacts.created_at, contacts.updated_at, contacts.sort_key from contacts
  where owner_id = :owner and deleted_at is null and bday_md is not null and (bday_md between :from_md and :to_md)
) page;
