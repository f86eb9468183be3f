-- accounts/sessions/sessions.ts, logIn: pgbench does not run it, since the hash between the two statements costs a
-- hundred times as much as both
select users.id, password_hash, confirmed_at, disabled_at
from user_emails join users on users.id = user_id where email_key = :email;
with proven as (
  select id from users where id = :owner and password_hash = :password_hash and disabled_at is null
  for no key update
), forgotten as (
  delete from login_failures using proven where email_hash = any (:failures::bytea[])
), noted as (
  insert into security_events (user_id, id, kind, ip, user_agent)
  select id, :event_id::uuid, 'logged_in', :ip, :user_agent from proven
)
insert into sessions (user_id, id, ip, user_agent, expires_at, device_hash)
select id, :session_id::uuid, :ip, :user_agent, :expires_at::timestamptz, :device_hash::bytea from proven
returning user_id, id, gen;
