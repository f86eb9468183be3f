-- A label's change is propagated to its contacts: the column and the queue are called so.

alter table labels rename column untold_after to propagated_to;

-- Jobs that wait in the queue's old name go on in the new one. The queue's table is there once a
-- server has run.
do $$
begin
  if to_regclass('pgboss.queue') is null then
    return;
  end if;
  if exists (select from pgboss.queue where name = 'tell-contacts') then
    create temporary table renamed_queue on commit drop as
      select * from pgboss.queue where name = 'tell-contacts';
    update renamed_queue set name = 'propagate-label';
    insert into pgboss.queue select * from renamed_queue on conflict do nothing;
    update pgboss.job set name = 'propagate-label', data = data || '{"via": "api"}'
      where name = 'tell-contacts';
    delete from pgboss.queue where name = 'tell-contacts';
  end if;
end
$$;
