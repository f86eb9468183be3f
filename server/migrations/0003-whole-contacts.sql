-- The whole contact: what the plain columns do not hold, the vCard it came in, labels, photos, the
-- trash, its history, and imports.

alter table contacts
  -- What goes beyond the plain columns, in the words of the API; what is empty is not there. E-mails
  -- and phones stand here only where there is more to say than the first one's value.
  add column doc jsonb not null default '{}',
  -- The vCard's UID where it is not the id.
  add column uid text,
  add column label_ids uuid[] not null default '{}',
  -- SHA-256 of the photo in the card, in hex.
  add column photo_hash text,
  -- Which version of contacts/project.ts wrote the derived columns.
  add column proj_version smallint not null default 1,
  add column created_modseq bigint not null default 0,
  add column created_via text not null default 'api',
  -- In the trash since then.
  add column deleted_at timestamptz,
  add constraint contacts_uid_size check (octet_length(uid) <= 1024),
  add constraint contacts_label_count check (cardinality(label_ids) <= 100);

-- What came before has no history: it begins with what it is now.
update contacts set created_modseq = modseq;

drop index contacts_list;
drop index contacts_birthday;
drop index contacts_search;
create index contacts_list on contacts (owner_id, sort_key, id) where deleted_at is null;
create index contacts_birthday on contacts (owner_id, bday_md)
  where bday_md is not null and deleted_at is null;
create index contacts_search on contacts (owner_id) include (id, sort_key, search)
  where deleted_at is null;
create unique index contacts_uid_once on contacts (owner_id, uid)
  where uid is not null and deleted_at is null;
create index contacts_labelled on contacts (owner_id, id)
  include (sort_key, label_ids, deleted_at) where label_ids <> '{}';
create index contacts_trash on contacts (owner_id, deleted_at, id) where deleted_at is not null;

-- The vCard a contact came in or was last patched in, to the byte: the authority for its way out.
-- A contact that has none is written from its fields.
create table contact_cards (
  owner_id uuid not null,
  contact_id uuid not null,
  version text not null,
  card text not null,
  primary key (owner_id, contact_id),
  foreign key (owner_id, contact_id) references contacts (owner_id, id) on delete cascade
);

-- Contacts that are gone, or in the trash, for those who sync: until when they were there.
create table tombstones (
  owner_id uuid not null references owners (id) on delete cascade,
  contact_id uuid not null,
  modseq bigint not null,
  at timestamptz not null default now(),
  primary key (owner_id, contact_id)
);
create index tombstones_by_modseq on tombstones (owner_id, modseq);

-- What a contact was before a change: `modseq` is the revision that the change made.
create table contact_revisions (
  owner_id uuid not null,
  contact_id uuid not null,
  modseq bigint not null,
  at timestamptz not null default now(),
  actor_id uuid not null,
  via text not null,
  operation text not null,
  contact jsonb not null,
  card text,
  primary key (owner_id, contact_id, modseq),
  foreign key (owner_id, contact_id) references contacts (owner_id, id) on delete cascade
);

create table labels (
  owner_id uuid not null references owners (id) on delete cascade,
  id uuid not null,
  name text not null,
  -- The folded name: two labels that read alike are one. null while the label is being deleted.
  name_key text collate "C",
  colour text,
  -- Contacts with greater ids have yet to be told of the label's new name, or of its end.
  untold_after uuid,
  -- Whether its contacts go to the trash when it is deleted.
  trashes_contacts boolean not null default false,
  created_at timestamptz not null default now(),
  primary key (owner_id, id),
  constraint labels_name_once unique (owner_id, name_key)
);

-- Made from the card's photo when somebody first asks for them.
create table contact_photos (
  owner_id uuid not null,
  contact_id uuid not null,
  size smallint not null,
  hash text not null,
  bytes bytea not null,
  primary key (owner_id, contact_id, size),
  foreign key (owner_id, contact_id) references contacts (owner_id, id) on delete cascade
);

create table imports (
  owner_id uuid not null references owners (id) on delete cascade,
  id uuid not null,
  -- While it is 'uploading', nobody but the upload knows of it.
  state text not null default 'uploading',
  is_dry_run boolean not null,
  format text not null default 'vcf',
  -- As the client calls it.
  file_name text not null,
  octets integer not null default 0,
  -- The cells of a CSV file's header row, as JSON: failed rows are given back below it.
  headers text,
  -- How many entries the file has, once they are counted.
  entries integer,
  -- How many are done: behind these a restarted process goes on.
  done integer not null default 0,
  created integer not null default 0,
  updated integer not null default 0,
  same integer not null default 0,
  failed integer not null default 0,
  -- After it was undone: contacts that stayed as they were, because they had been changed since.
  kept integer not null default 0,
  -- Labels that there were not before.
  new_label_ids uuid[] not null default '{}',
  reason text,
  created_at timestamptz not null default now(),
  started_at timestamptz,
  finished_at timestamptz,
  primary key (owner_id, id),
  constraint imports_state check (
    state in ('uploading', 'waiting', 'running', 'done', 'failed', 'undoing', 'undone')
  )
);

-- The uploaded file in pieces, so that any process can read it; gone when the import is over.
create table import_files (
  owner_id uuid not null,
  import_id uuid not null,
  part integer not null,
  bytes bytea not null,
  primary key (owner_id, import_id, part),
  foreign key (owner_id, import_id) references imports (owner_id, id) on delete cascade
);

-- What is to be told of entries: those of which a contact was plainly made are not here.
create table import_entries (
  owner_id uuid not null,
  import_id uuid not null,
  number integer not null,
  -- A 'group' waits until all contacts are there.
  outcome text not null,
  contact_id uuid,
  name text,
  reason text,
  -- The entry as it stood in the file, where it failed; of CSV its cells as JSON.
  source text,
  primary key (owner_id, import_id, number),
  foreign key (owner_id, import_id) references imports (owner_id, id) on delete cascade
);

-- What an import did to contacts, for undoing it.
create table import_changes (
  owner_id uuid not null,
  import_id uuid not null,
  contact_id uuid not null,
  is_created boolean not null,
  -- The first revision that the import made of the contact: undoing goes back behind it.
  modseq bigint not null,
  -- The last: a contact that has another one by now was changed by somebody else.
  last_modseq bigint not null,
  primary key (owner_id, import_id, contact_id),
  foreign key (owner_id, import_id) references imports (owner_id, id) on delete cascade
);
