-- What imports remember, so that a file that comes again says nothing new.

-- What imports have said of contacts, each by the SHA-256 of all that the entry said. Whoever changed
-- the contact since knows better than the same words said once more.
create table contact_sources (
  owner_id uuid not null,
  fingerprint bytea not null,
  contact_id uuid not null,
  -- The import that said so first: undone, it has not.
  import_id uuid not null,
  primary key (owner_id, fingerprint),
  foreign key (owner_id, contact_id) references contacts (owner_id, id) on delete cascade
);
create index contact_sources_of_contact on contact_sources (owner_id, contact_id);

-- Of whom an import has spoken already.
create index import_entries_of_contact on import_entries (owner_id, import_id, contact_id)
  where contact_id is not null;
