-- What lets programs in without a session: API tokens, and app passwords for those that can only do Basic.
create table access_keys (
  user_id uuid not null references users (id) on delete cascade,
  id uuid not null,
  kind text not null constraint access_keys_kind check (kind in ('api_token', 'app_password')),
  name text not null,
  scope text not null constraint access_keys_scope check (scope in ('read_only', 'read_write')),
  -- SHA-256: the secret has 120 random bits or more, so that nothing slower is needed.
  secret_hash bytea not null,
  created_at timestamptz not null default now(),
  expires_at timestamptz,
  last_used_at timestamptz,
  last_address text,
  last_client text,
  primary key (user_id, id)
);
create unique index access_keys_secret on access_keys (secret_hash);
create index access_keys_expiry on access_keys (expires_at);
