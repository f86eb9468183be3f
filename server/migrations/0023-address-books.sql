-- CardDAV: each contact is a file in an address book, under a name that the client may choose.

-- The books beside the first one, which every owner has and whose id is all zeros.
create table address_books (
  owner_id uuid not null references owners (id) on delete cascade,
  id uuid not null,
  -- In its address.
  slug text collate "C" not null,
  created_at timestamptz not null default now(),
  primary key (owner_id, id),
  constraint address_books_slug_once unique (owner_id, slug)
);

-- What clients have written of resources (RFC 4918, 4): of their names and values nothing is known.
create table dav_properties (
  owner_id uuid not null references owners (id) on delete cascade,
  -- `principal`, `home`, or the id of a book or contact.
  resource text collate "C" not null,
  -- With its namespace, as `{DAV:}displayname`.
  name text collate "C" not null,
  -- What stands in the element, as XML.
  value text not null,
  primary key (owner_id, resource, name)
);

alter table contacts
  add column book_id uuid not null default '00000000-0000-0000-0000-000000000000',
  -- The name of its file where that is not its id with `.vcf`.
  add column card_name text collate "C",
  -- Half of the SHA-256 of the card's octets, in hex, and how many they are; null until a contact that
  -- has no card is first listed.
  add column card_etag text,
  add column card_size integer,
  add constraint contacts_card_name_size check (octet_length(card_name) <= 255);

create unique index contacts_card_name_once on contacts (owner_id, book_id, card_name)
  where card_name is not null and deleted_at is null;
create index contacts_without_etag on contacts (owner_id, id)
  where card_etag is null and deleted_at is null;
-- A UID is unique in its book (RFC 6352, 5.1).
drop index contacts_uid_once;
create unique index contacts_uid_once on contacts (owner_id, uid, book_id)
  where uid is not null and deleted_at is null;

alter table tombstones
  add column book_id uuid not null default '00000000-0000-0000-0000-000000000000',
  add column card_name text collate "C";

-- Names that contacts have lost by moving.
create table freed_card_names (
  owner_id uuid not null references owners (id) on delete cascade,
  book_id uuid not null,
  card_name text collate "C" not null,
  modseq bigint not null,
  at timestamptz not null default now(),
  primary key (owner_id, book_id, card_name)
);
create index freed_card_names_by_modseq on freed_card_names (owner_id, modseq);
create index freed_card_names_age on freed_card_names (at);

-- The cards of groups are files as well, whichever way they came.
alter table group_cards
  -- null until the group is first listed; then it has all of what follows.
  add column file_id uuid,
  add column book_id uuid not null default '00000000-0000-0000-0000-000000000000',
  add column card_name text collate "C",
  add column card_etag text,
  add column card_size integer,
  add column modseq bigint,
  -- Up to which change of the owner the card says who has the label.
  add column checked_modseq bigint not null default -1,
  add column created_at timestamptz not null default now(),
  add column updated_at timestamptz not null default now(),
  add constraint group_cards_name_size check (octet_length(card_name) <= 255);
create unique index group_cards_file_once on group_cards (owner_id, book_id, card_name)
  where card_name is not null;
create index group_cards_by_modseq on group_cards (owner_id, modseq);
