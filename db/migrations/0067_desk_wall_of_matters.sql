-- The second wall of the desk (docs/decisions/0060) around what people reported and asked for: officers and supervisors
-- reach reports and requests of their own offices, and those of persons whom 0065 opens to them. Citizens and the
-- hotline, which tells a caller what is open anywhere, reach what they reached.
do $$
declare
  has_roles constant boolean := exists (select from pg_policies
    where schemaname = 'public' and tablename = 'health_card' and 'vssid_citizen' = any (roles));
  has_desk constant boolean := exists (select from pg_policies
    where schemaname = 'public' and tablename = 'health_card' and 'vssid_desk' = any (roles));
  not_desk constant text := $rows$(select coalesce(current_setting('vssid.wall', true), '') <> 'desk')$rows$;
  of_office constant text := $rows$(office_code = any ((select desk_offices())::text[])
    or person_id = any ((select desk_persons())::bigint[])) is true$rows$;
  of_report constant text := 'exists (select from dispute d where d.dispute_id = dispute_event.dispute_id)';
  name text;
  rule text;
begin
  foreach name in array array['dispute', 'dispute_event', 'data_request'] loop
    rule := case name when 'dispute_event' then of_report else of_office end;
    execute format('alter table %I enable row level security', name);
    if has_roles then
      execute format('create policy all_rows on %I to vssid_app, vssid_citizen using (true)', name);
    else
      execute format('alter table %I force row level security', name);
      execute format('create policy all_rows on %I using (true)', name);
    end if;
    if has_desk then
      execute format('create policy desk_rows on %I to vssid_desk using (%s)', name, rule);
    else
      execute format('create policy desk_rows on %I as restrictive using (%s or %s)', name, not_desk, rule);
    end if;
  end loop;
end
$$;
