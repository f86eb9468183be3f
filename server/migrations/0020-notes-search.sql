-- Folded notes, addresses and custom fields, for searches that ask for them; null without any. No index
-- holds it: notes may be as long as a card.
alter table contacts add column notes_search text collate "C";
