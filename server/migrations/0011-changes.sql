-- The feed of changes: every change of a book has a number, and what is gone leaves a tombstone.

alter table owners
  -- Another one after a restored backup, which takes modseq back. It fits into a double.
  add column epoch bigint not null default floor(random() * 9007199254740991)::bigint;

create index contacts_by_modseq on contacts (owner_id, modseq) where deleted_at is null;

alter table labels
  -- The number of the last change of its name or colour in the book, as contacts have theirs.
  add column modseq bigint not null default 0;

update labels set modseq = owners.modseq + numbered.number
from owners, (
  select owner_id, id, row_number() over (partition by owner_id order by id) as number from labels
) numbered
where owners.id = labels.owner_id and numbered.owner_id = labels.owner_id
  and numbered.id = labels.id;
update owners set modseq = greatest(
  modseq, (select coalesce(max(labels.modseq), 0) from labels where owner_id = owners.id)
);

-- Labels that their owner has deleted.
create table label_tombstones (
  owner_id uuid not null references owners (id) on delete cascade,
  label_id uuid not null,
  modseq bigint not null,
  at timestamptz not null default now(),
  primary key (owner_id, label_id)
);
create index label_tombstones_by_modseq on label_tombstones (owner_id, modseq);

create index tombstones_age on tombstones (at);
create index label_tombstones_age on label_tombstones (at);
