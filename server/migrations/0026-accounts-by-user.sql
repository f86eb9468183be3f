-- Every unique key of accounts holds the user, so that users can be spread over machines, with all that
-- is theirs on one. What users are found by without their id has tables of its own.

-- Whose an address is. Without a foreign key, as it lies elsewhere than its user.
create table user_emails (
  -- As accounts compare addresses.
  email_key text collate "C" not null,
  user_id uuid not null,
  constraint user_emails_once primary key (email_key)
);
insert into user_emails (email_key, user_id) select lower(email collate "C"), id from users;
drop index users_email_once;

-- Whose a secret is that does not hold the id of its user: API tokens, addresses of calendars, and links that
-- were mailed before this migration. Without a foreign key as well.
create table user_secrets (
  -- SHA-256.
  secret_hash bytea primary key,
  user_id uuid not null,
  -- Null for one that does not expire.
  expires_at timestamptz
);
insert into user_secrets (secret_hash, user_id, expires_at)
  select secret_hash, user_id, expires_at from access_keys where kind = 'api_token'
  union all select secret_hash, user_id, null from calendars
  union all select token_hash, user_id, expires_at from mailed_tokens;
create index user_secrets_expiry on user_secrets (expires_at);

drop index access_keys_secret;
create unique index access_keys_secret on access_keys (user_id, secret_hash);
drop index calendars_secret;
alter table mailed_tokens drop constraint mailed_tokens_pkey;
alter table mailed_tokens add primary key (user_id, token_hash);

-- What is deleted by its age is found by it.
create index mailed_tokens_expiry on mailed_tokens (expires_at);
create index login_failures_age on login_failures (failed_at);
create index security_events_age on security_events (at);
create index contacts_trash_age on contacts (deleted_at) where deleted_at is not null;
create index imports_age on imports (finished_at) where finished_at is not null;
create index imports_uploading on imports (created_at) where state = 'uploading';
