-- What was answered to requests that may be sent again: under one key, each is carried out once.
create table idempotency_keys (
  owner_id uuid not null references owners (id) on delete cascade,
  -- Which call it is a key of; each call has keys of its own.
  operation text not null,
  key text not null,
  -- SHA-256 of what was asked: under the same key, nothing else may be.
  request_hash bytea not null,
  answer json not null,
  created_at timestamptz not null default now(),
  primary key (owner_id, operation, key)
);
create index idempotency_keys_age on idempotency_keys (created_at);
