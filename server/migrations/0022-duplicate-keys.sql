-- A foreign key is checked for each of the many keys of a book, which took 40 % of writing them. They are
-- written under the lock of the row of their book instead, and go with it.

alter table duplicate_keys drop constraint duplicate_keys_owner_id_fkey;

create function delete_duplicate_keys() returns trigger language plpgsql as $$
begin
  delete from duplicate_keys where owner_id = old.owner_id;
  return null;
end
$$;

create trigger delete_keys after delete on duplicate_books
  for each row execute function delete_duplicate_keys();
