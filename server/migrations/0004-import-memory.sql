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

-- The cards that labels came in as groups, for their way out, and for whoever of their members comes
-- later than they did.
create table group_cards (
  owner_id uuid not null,
  fingerprint bytea not null,
  label_id uuid not null,
  -- As UIDs are compared.
  uid_key text,
  name text not null,
  version text not null,
  card text not null,
  -- Which entry of which import.
  import_id uuid not null,
  number integer not null,
  -- What the label was called before this import, where it gave it another name.
  renamed_from text,
  primary key (owner_id, fingerprint),
  foreign key (owner_id, label_id) references labels (owner_id, id) on delete cascade
);
create index group_cards_by_uid on group_cards (owner_id, uid_key);
create index group_cards_of_label on group_cards (owner_id, label_id);

create table group_members (
  owner_id uuid not null,
  -- A UID without `urn:uuid:`, in lower case.
  member_key text collate "C" not null,
  fingerprint bytea not null,
  primary key (owner_id, member_key, fingerprint),
  foreign key (owner_id, fingerprint) references group_cards (owner_id, fingerprint)
    on delete cascade
);
create index group_members_of_card on group_members (owner_id, fingerprint);
