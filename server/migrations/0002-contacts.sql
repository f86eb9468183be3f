-- One row per person who owns contacts.
create table owners (
  id uuid primary key references users (id) on delete cascade,
  -- Grows by one with every change to the owner's contacts, inside the change's own transaction:
  -- its row lock makes the order of revisions the order of commits.
  modseq bigint not null default 0
);

create table contacts (
  owner_id uuid not null references owners (id) on delete cascade,
  id uuid not null,
  first_name text,
  last_name text,
  email text,
  phone text,
  -- A birthday without a year has no bday_year; bday_md is month * 100 + day.
  bday_year smallint,
  bday_md smallint,
  additional_data text,
  -- Derived by contacts/search.ts: the folded "last name, first name", and all folded fields.
  sort_key text collate "C" not null,
  search text collate "C" not null,
  modseq bigint not null,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  primary key (owner_id, id),
  constraint contacts_bday_md check (bday_md between 101 and 1231),
  constraint contacts_bday_year check (bday_year is null or bday_md is not null),
  constraint contacts_sort_key_size check (octet_length(sort_key) <= 512),
  -- Above this a row would not fit into the covering index.
  constraint contacts_search_size check (octet_length(search) <= 2000)
)
-- Index-only scans need a fresh visibility map.
with (autovacuum_vacuum_scale_factor = 0.02, autovacuum_vacuum_insert_scale_factor = 0.02);

create index contacts_list on contacts (owner_id, sort_key, id);
create index contacts_birthday on contacts (owner_id, bday_md) where bday_md is not null;
-- Search reads one owner's rows from this index alone: its cost follows that owner's book, where a
-- trigram index would grow with everybody's.
create index contacts_search on contacts (owner_id) include (id, sort_key, search);
