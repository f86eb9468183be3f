-- How many group cards an owner has been given: a contact that was looked at beside one state of them is not
-- written beside another.

alter table owners add column group_changes bigint not null default 0;
