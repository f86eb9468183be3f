-- How far each version of the derived columns of contacts has come: a row for every version that a
-- server has started with.
create table column_versions (
  version smallint primary key,
  -- The walk over all owners has passed this one; null at its start.
  after_owner_id uuid,
  -- How many contacts the walk has written.
  written bigint not null default 0,
  started_at timestamptz not null default now(),
  -- The end of the last walk.
  finished_at timestamptz,
  -- The end of a walk that began long after another one and found nothing more to write.
  confirmed_at timestamptz
);
-- No contact has another one yet.
insert into column_versions (version, finished_at, confirmed_at) values (1, now(), now());
