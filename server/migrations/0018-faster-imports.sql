-- The contacts that look like an entry of an import, however many others have the same name.
create index contacts_namesakes on contacts (
  owner_id,
  hashtextextended(
    (sort_key || ' ' || coalesce(email, '') || ' ' || coalesce(phone, '')) collate "C", 0
  ),
  id
) where deleted_at is null;

-- A file is there for minutes: compressing it costs more than the space.
alter table import_files alter column bytes set storage external;
