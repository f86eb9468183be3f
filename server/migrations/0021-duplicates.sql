-- Which contacts may be of one person. All of it but the dismissals is derived from the contacts, by the
-- changes of their book, and is made anew where it is not there.

-- How far the changes of a book have been looked at.
create table duplicate_books (
  owner_id uuid primary key references owners (id) on delete cascade,
  -- A token of the feed of changes; null before the first look.
  position text,
  -- By which rules: they have a version, and depend on where the owner lives.
  rules text not null
);

-- What contacts are found by: hashes of e-mail addresses, ends of numbers, names with another sign. Those
-- of addresses and numbers are negative: how many contacts have one decides what it says. Without a foreign
-- key, which took 40 % of the time to write them: they are deleted with the account.
create table duplicate_keys (
  owner_id uuid not null,
  key bigint not null,
  contact_id uuid not null,
  primary key (owner_id, key, contact_id)
);
create index duplicate_keys_of_contact on duplicate_keys (owner_id, contact_id);

create table duplicate_pairs (
  owner_id uuid not null references owners (id) on delete cascade,
  -- The smaller id.
  one_id uuid not null,
  other_id uuid not null,
  score double precision not null,
  reasons jsonb not null,
  primary key (owner_id, one_id, other_id)
);
create index duplicate_pairs_of_other on duplicate_pairs (owner_id, other_id);

create table duplicate_groups (
  owner_id uuid not null references owners (id) on delete cascade,
  -- Made of the ids of its contacts.
  id uuid not null,
  contact_ids uuid[] not null,
  score double precision not null,
  primary key (owner_id, id)
);
create index duplicate_groups_best on duplicate_groups (owner_id, score, id);
-- No contact is in the books of two owners.
create index duplicate_groups_of_contact on duplicate_groups using gin (contact_ids) with (fastupdate = off);

-- Groups whose owner has said that these are different people.
create table duplicate_dismissals (
  owner_id uuid not null references owners (id) on delete cascade,
  id uuid not null,
  contact_ids uuid[] not null,
  at timestamptz not null default now(),
  primary key (owner_id, id)
);
