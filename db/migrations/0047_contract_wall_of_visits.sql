-- The second wall around visits, as 0045 builds it around what hangs on them (docs/decisions/0042). What it takes away:
-- COPY fills no table whose policies bind who fills it, so claim imports of the version before fail from here on; they
-- are run again by the version that knows this. Nothing else of that version is touched.
do $$
declare
  has_roles constant boolean := exists (select from pg_policies
    where schemaname = 'public' and tablename = 'health_card' and 'vssid_citizen' = any (roles));
  named constant text := $rows$(person_id = any ((select nullif(current_setting('vssid.%s', true), '')::bigint[])::bigint[])) $rows$;
  theirs constant text := format(named, 'persons') || 'is true and (not is_sensitive or '
    || format(named, 'veiled') || 'is not true)';
begin
  alter table visit enable row level security;
  if has_roles then
    create policy all_rows on visit to vssid_app using (true);
    execute format('create policy own_rows on visit for select to vssid_citizen using (%s)', theirs);
  else
    alter table visit force row level security;
    create policy all_rows on visit using ((select coalesce(current_setting('vssid.wall', true), '') <> 'citizen'));
    execute format('create policy own_rows on visit for select using (%s)', theirs);
  end if;
end
$$;
