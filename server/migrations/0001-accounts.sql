create table users (
  id uuid primary key,
  username text not null,
  -- As typed, but for the domain, which is lower-case punycode.
  email text not null,
  password_hash text not null,
  password_changed_at timestamptz not null default now(),
  confirmed_at timestamptz,
  disabled_at timestamptz,
  avatar_key text,
  -- Absolute, or a path below PUBLIC_URL.
  avatar_url text,
  -- Grows with every change, so that a cache never replaces a newer value by an older one.
  version integer not null default 1,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now()
);
-- Whatever the database's locale: in a Turkish one, lower('I') is not 'i'.
create unique index users_email_once on users (lower(email collate "C"));

-- One row per device that is logged in.
create table sessions (
  user_id uuid not null references users (id) on delete cascade,
  id uuid not null,
  -- The generation of refresh tokens that is valid now; each refresh makes the next.
  gen integer not null default 1,
  -- The newest generation whose access token was seen: its predecessor may not come back.
  confirmed_gen integer not null default 0,
  rotated_at timestamptz not null default now(),
  version integer not null default 1,
  user_agent text not null,
  ip text not null,
  created_at timestamptz not null default now(),
  last_seen_at timestamptz not null default now(),
  -- Absolute: counted from the login, whatever is refreshed.
  expires_at timestamptz not null,
  revoked_at timestamptz,
  primary key (user_id, id)
);
create index sessions_expiry on sessions (expires_at);

-- What a mailed link proves. Only the SHA-256 of the token is kept.
create table mailed_tokens (
  user_id uuid not null references users (id) on delete cascade,
  purpose text not null,
  token_hash bytea not null,
  email text not null,
  expires_at timestamptz not null,
  primary key (user_id, purpose)
);
create unique index mailed_tokens_hash on mailed_tokens (token_hash);

-- Wrong passwords in a row, for known and unknown addresses alike; the key is a SHA-256 of the
-- address and of where the password was asked for.
create table login_failures (
  email_hash bytea primary key,
  failures integer not null,
  failed_at timestamptz not null,
  blocked_until timestamptz not null
);

-- What an owner should be able to look up after an incident.
create table security_events (
  user_id uuid not null references users (id) on delete cascade,
  id uuid not null,
  kind text not null,
  ip text not null,
  user_agent text not null,
  at timestamptz not null default now(),
  primary key (user_id, id)
);
