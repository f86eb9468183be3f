-- Of a session in a browser, the SHA-256 of its device cookie: the refresh cookie is good only beside it,
-- and only there.
alter table sessions add column device_hash bytea;
