-- contacts/contacts.ts, changeContact: lockContact, nextRevision and updateContact in a transaction
begin;
select "contacts".* from "owners" inner join "contacts" on "contacts"."owner_id" = "owners"."id"
where "owners"."id" = :owner and "contacts"."id" = :complete_id
for no key update of "owners", "contacts" \gset row_
update "owners" set "modseq" = "modseq" + :one where "id" = :owner returning "modseq" \gset owner_
update "contacts" set "first_name" = :row_first_name, "last_name" = :row_last_name,
  "email" = :row_email, "phone" = :row_phone, "bday_year" = :row_bday_year,
  "bday_md" = :row_bday_md, "additional_data" = :note, "sort_key" = :row_sort_key,
  "search" = :row_search, "modseq" = :owner_modseq, "updated_at" = clock_timestamp()
where "owner_id" = :owner and "id" = :complete_id
returning *;
commit;
