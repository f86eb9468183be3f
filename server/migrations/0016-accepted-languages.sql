-- The languages that the browser asked for at sign-up, from which preferences are guessed that are not set.
alter table users add column accepted_languages text[] not null default '{}';
