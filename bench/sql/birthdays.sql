-- birthdays/queries.ts, findBirthdays: a week within one year
select contacts.id, contacts.modseq, contacts.first_name, contacts.last_name, contacts.email, contacts.phone, contacts.bday_year, contacts.bday_md, contacts.additional_data, contacts.created_at, contacts.updated_at, contacts.sort_key from contacts
where owner_id = :owner and deleted_at is null and bday_md is not null and (bday_md between :from_md and :to_md);
