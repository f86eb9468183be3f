-- The change of the owner by which an address book came to its address. Of what was there before, in a
-- book of the same name, no client must be left with anything.

alter table address_books add column modseq bigint not null default 0;
