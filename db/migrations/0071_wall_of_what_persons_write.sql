-- The second wall (docs/decisions/0068) around what people themselves write: consent given and taken back, the refusal of
-- campaigns, notices that were shown, marks of what was read, devices with the card, papers that were made. A citizen's
-- request reads and writes rows of the persons in vssid.persons alone; a stranger's and one of staff without records reach
-- none. The desk and vssid_app reach what they reached.
-- The version before says nothing where it comes to these tables: its connections, which do not say in vssid.knows that
-- they know this wall, reach what they reached. One of this version that names nobody reaches nobody.
do $$
declare
  has_roles constant boolean := exists (select from pg_policies
    where schemaname = 'public' and tablename = 'health_card' and 'vssid_citizen' = any (roles));
  has_desk constant boolean := exists (select from pg_policies
    where schemaname = 'public' and tablename = 'health_card' and 'vssid_desk' = any (roles));
  older constant text := $rows$(select coalesce(nullif(current_setting('vssid.knows', true), '')::integer, 0) < 71)$rows$;
  not_walled constant text := $rows$(select coalesce(current_setting('vssid.wall', true), '') <> 'citizen')$rows$;
  theirs constant text := older || $rows$ or (person_id = any ((select nullif(current_setting('vssid.persons', true), '')::bigint[])::bigint[])) is true$rows$;
  name text;
begin
  foreach name in array array['consent_event', 'mailing_choice', 'notice_seen', 'inbox_read', 'kept_card',
      'statement'] loop
    execute format('alter table %I enable row level security', name);
    if has_roles then
      execute format('create policy all_rows on %I to vssid_app using (true)', name);
      execute format('create policy own_written on %I to vssid_citizen using (%s)', name, theirs);
    else
      execute format('alter table %I force row level security', name);
      execute format('create policy all_rows on %I using (%s)', name, not_walled);
      execute format('create policy own_written on %I using (%s)', name, theirs);
    end if;
    if has_desk then
      execute format('create policy desk_rows on %I to vssid_desk using (true)', name);
    end if;
  end loop;
end
$$;
