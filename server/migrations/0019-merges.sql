-- Merges of contacts, and what they all were before: for 30 days a merge can be undone, also when the
-- trash was emptied meanwhile.

alter table contacts
  -- The contact that one in the trash was merged into.
  add column merged_into uuid;

create table merges (
  owner_id uuid not null references owners (id) on delete cascade,
  id uuid not null,
  -- The contact that stayed.
  contact_id uuid not null,
  -- As it was called after the merge.
  name text not null,
  -- The revision that the merge made of it.
  modseq bigint not null,
  -- The same, or a later one in which it says the same again: a contact in another one was edited.
  revision bigint not null,
  -- In whole milliseconds, which is what a cursor carries.
  created_at timestamptz not null default date_trunc('milliseconds', clock_timestamp()),
  undone_at timestamptz,
  primary key (owner_id, id)
);
create index merges_newest on merges (owner_id, created_at, id);
create index merges_of_contact on merges (owner_id, contact_id);
create index merges_age on merges (created_at);

-- The contacts of a merge as they were before it, their cards to the octet.
create table merge_parts (
  owner_id uuid not null,
  merge_id uuid not null,
  -- 0 is the contact that stayed; the others in the order in which they were merged.
  place smallint not null,
  contact_id uuid not null,
  revision bigint not null,
  name text not null,
  contact jsonb not null,
  -- The labels as they were: their ids, names and colours.
  labels jsonb not null,
  uid text,
  photo_hash text,
  created_via text not null,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  version text,
  card text,
  -- What imports had said of it, which is said of the merged contact now.
  fingerprints bytea[] not null,
  -- It came back from the trash by itself, and has no part in undoing the merge.
  is_restored boolean not null default false,
  primary key (owner_id, merge_id, place),
  foreign key (owner_id, merge_id) references merges (owner_id, id) on delete cascade
);
create index merge_parts_of_contact on merge_parts (owner_id, contact_id);
