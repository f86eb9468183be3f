-- birthdays/queries.ts, findBirthdays: a week within one year
select * from "contacts" where "owner_id" = :owner and "bday_md" is not null and "bday_md" between :from_md and :to_md;
