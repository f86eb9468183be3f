-- The groups of a label go with it at once, not only when its last contact has lost it. Tombstones of those that
-- are left from before are there already.

delete from group_cards using labels
where labels.owner_id = group_cards.owner_id and labels.id = group_cards.label_id and labels.name_key is null;
