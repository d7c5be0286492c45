-- The second wall between units (docs/decisions/0042): requests of coordinators come as vssid_citizen, too, and reach of
-- the lists of people those of the units named in vssid.units and of what stands under them; "*" names them all. Of
-- health, pay and cards they reach nobody's. A citizen's request names no unit.
-- vssid_app, which the officers, the worker and the version before use, reaches what it reached.
create function units_in_reach() returns setof text
  language sql stable parallel safe
  as $$
    with recursive reached as (
      select unit_code from public.drive_unit
       where unit_code = any (nullif(current_setting('vssid.units', true), '')::text[])
      union
      select u.unit_code from public.drive_unit u join reached r on u.parent_code = r.unit_code)
    select unit_code from reached
  $$;
comment on function units_in_reach() is 'The units that vssid.units names, and all under them on whatever day';

do $$
declare
  has_roles constant boolean := exists (select from pg_policies
    where schemaname = 'public' and tablename = 'health_card' and 'vssid_citizen' = any (roles));
  not_walled constant text := $rows$(select coalesce(current_setting('vssid.wall', true), '') <> 'citizen')$rows$;
  every_unit constant text := $rows$(select coalesce(current_setting('vssid.units', true), '') = '{*}')$rows$;
  of_unit constant text := every_unit || ' or unit_code in (select units_in_reach())';
  of_upload constant text := $rows$exists (select from roster_upload u where u.upload_id = roster_refusal.upload_id)$rows$;
  name text;
  theirs text;
begin
  foreach name in array array['roster_person', 'roster_upload', 'roster_refusal', 'roster_appointment'] loop
    theirs := case name when 'roster_refusal' then of_upload else of_unit end;
    execute format('alter table %I enable row level security', name);
    if has_roles then
      execute format('create policy all_rows on %I to vssid_app using (true)', name);
      execute format('create policy own_units on %I to vssid_citizen using (%s)', name, theirs);
    else
      execute format('alter table %I force row level security', name);
      execute format('create policy all_rows on %I using (%s)', name, not_walled);
      execute format('create policy own_units on %I using (%s)', name, theirs);
    end if;
  end loop;
end
$$;
