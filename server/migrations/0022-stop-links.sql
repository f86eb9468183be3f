-- Each address that an account had has a link of its own that keeps it or brings it back; of the other
-- purposes a user has one link.
alter table mailed_tokens drop constraint mailed_tokens_pkey;
drop index mailed_tokens_hash;
alter table mailed_tokens add primary key (token_hash);
create unique index mailed_tokens_purpose on mailed_tokens (user_id, purpose)
  where purpose <> 'stop_email_change';
create unique index mailed_tokens_stop on mailed_tokens (user_id, email)
  where purpose = 'stop_email_change';
