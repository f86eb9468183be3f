-- contacts/queries.ts, findContact
select * from "contacts" where "owner_id" = :owner and "id" = :id;
