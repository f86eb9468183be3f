-- UIDs are looked for in any case (book/uid.ts): that of a UUID says nothing, nor does that of `urn:uuid:`. The same
-- octets are one UID of a book in any case.

drop index contacts_uid_once;
create unique index contacts_uid_once
  on contacts (owner_id, lower(uid collate "C"), uid collate "C", book_id)
  where uid is not null and deleted_at is null;
