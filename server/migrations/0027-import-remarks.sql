-- What imports tell, as a JSON array of remarks: codes with their sentences and values. The columns `reason`
-- and `warning` hold only what was told before this migration.

alter table import_entries add column remarks jsonb;
alter table imports add column warning_remarks jsonb;
alter table imports add column reason_remarks jsonb;
