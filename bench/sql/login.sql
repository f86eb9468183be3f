-- auth/sessions.ts, logIn: pgbench does not run it, since the hash between the first two statements
-- costs a hundred times as much as all of them
select * from "users" where lower(email collate "C") = :email;
begin;
select * from "users" where "id" = :owner for no key update;
delete from "login_failures" where "email_hash" in (:hash, :old_hash);
insert into "security_events" ("user_id", "id", "kind", "ip", "user_agent") values (:owner, :event_id, :kind, :ip, :user_agent);
insert into "sessions" ("user_id", "id", "user_agent", "ip", "expires_at") values (:owner, :session_id, :user_agent, :ip, :expires_at) returning *;
commit;
