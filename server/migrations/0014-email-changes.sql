-- The new address that a user asked for, until a mailed link confirms that it is theirs.
create table email_changes (
  user_id uuid primary key references users (id) on delete cascade,
  id uuid not null,
  email text not null,
  -- The session that asked: it goes on when the change ends the others.
  session_id uuid not null,
  expires_at timestamptz not null
);
create index email_changes_expiry on email_changes (expires_at);
