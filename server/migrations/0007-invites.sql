-- Who may sign up while that takes an invite. Only the SHA-256 of the secret is kept.
create table invites (
  id uuid primary key,
  -- The only address that can sign up with it, spelt as accounts spell theirs.
  email text not null,
  secret_hash bytea not null,
  created_at timestamptz not null default now(),
  expires_at timestamptz not null
);
-- A new invite takes the place of the one before.
create unique index invites_email_once on invites (lower(email collate "C"));
create index invites_expiry on invites (expires_at);
