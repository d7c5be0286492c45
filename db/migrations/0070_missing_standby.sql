-- Of the alarm standby_away (docs/guides/scale-out.md). The role of the product sees nothing of other connections, so
-- its owner looks; where the owner may not see them either, whoever is connected counts as there.
create function missing_standby() returns boolean
  language sql stable security definer set search_path = pg_catalog
  return current_setting('synchronous_standby_names') <> ''
    and not exists (select from pg_stat_replication where sync_state is null or sync_state in ('sync', 'quorum'));

comment on function missing_standby() is
  'A second server must have each change before it is answered, and none is there: writing stands still';
