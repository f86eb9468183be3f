-- Which of the owner's changes gave a group its card. Bringing a card up to date with its label is none: so an import
-- that takes a while sees whether a phone has written the group meanwhile.

alter table group_cards add column group_change bigint not null default 0;
