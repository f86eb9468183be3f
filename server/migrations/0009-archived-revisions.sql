-- By the number of its entry, a new contact gets the revisions that an archive holds of it.

alter table import_changes
  -- Of the entry in the file that a new contact came from.
  add column number integer;
create index import_changes_by_number on import_changes (owner_id, import_id, number)
  where number is not null;
