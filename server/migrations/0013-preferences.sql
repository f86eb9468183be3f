-- What a user wants the apps to be like, on every device: only the members that are set.
alter table users add column preferences jsonb not null default '{}';
