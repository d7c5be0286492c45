-- The second wall (docs/decisions/0042) around what a person is told of their household. What it takes away: requests of
-- citizens no longer reach household_member, which holds the numbers of others; no page has ever asked it.
do $$
declare
  has_roles constant boolean := exists (select from pg_policies
    where schemaname = 'public' and tablename = 'health_card' and 'vssid_citizen' = any (roles));
  theirs constant text := $rows$(person_id = any ((select nullif(current_setting('vssid.persons', true), '')::bigint[])::bigint[])) is true$rows$;
begin
  alter table person_household enable row level security;
  if has_roles then
    revoke all on household_member from vssid_citizen;
    revoke insert, update, delete on person_household from vssid_citizen;
    create policy all_rows on person_household to vssid_app using (true);
    execute format('create policy own_rows on person_household for select to vssid_citizen using (%s)', theirs);
  else
    alter table person_household force row level security;
    create policy all_rows on person_household using ((select coalesce(current_setting('vssid.wall', true), '') <> 'citizen'));
    execute format('create policy own_rows on person_household for select using (%s)', theirs);
  end if;
end
$$;
