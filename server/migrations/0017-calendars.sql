-- The calendar of birthdays that a user subscribes to, at an address that holds a secret.
create table calendars (
  user_id uuid primary key references users (id) on delete cascade,
  -- The SHA-256 of the secret: the address itself is shown once.
  secret_hash bytea not null,
  -- ISO 8601 durations before 9:00 of the day.
  reminders text[] not null default '{}',
  -- Which kinds of dates it has.
  include text[] not null default '{birthdays,anniversaries}',
  -- Only contacts with one of these labels; all where it is empty. The id of a deleted label stays.
  label_ids uuid[] not null default '{}',
  language text not null,
  -- Of the secret.
  created_at timestamptz not null default now(),
  last_fetched_at timestamptz
);
create unique index calendars_secret on calendars (secret_hash);
