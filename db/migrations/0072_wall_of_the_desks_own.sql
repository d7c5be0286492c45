-- The second wall around what the desk writes for itself (docs/decisions/0069). Officers and supervisors reach of matters at
-- the counter, broken glass, flags of unusual looking, deaths, tickets and windows of time for units those of their own
-- offices, and whatever the first wall gives them besides: what they did themselves, a person whom 0065 opens to them, a
-- ticket that is in their hands. A call of the hotline is its agent's. Citizens and strangers reach none of the first four
-- and no call. Who is watched, which record is a colleague's own, what is held and whom a breach touched: no request at all.
-- The version before says nothing where it comes to these tables: its connections reach what they reached (0071).

-- At which units somebody is a coordinator besides, with all under them.
create function desk_units() returns text[]
  language plpgsql stable parallel safe
  as $$
  begin
    return (
      with recursive reached as (
        select r.unit_code from public.staff_role r
         where r.staff_id = nullif(current_setting('vssid.staff', true), '')::bigint and r.role = 'coordinator'
           and (nullif(current_setting('vssid.now', true), '')::timestamptz at time zone 'Asia/Ho_Chi_Minh')::date
               between r.valid_from and coalesce(r.valid_to, 'infinity')
        union
        select u.unit_code from public.drive_unit u join reached r on u.parent_code = r.unit_code)
      select array_agg(unit_code) from reached);
  end
  $$;
comment on function desk_units() is 'Of which units vssid.staff is a coordinator on the day of vssid.now; null: of none';

create function desk_operates() returns boolean
  language plpgsql stable parallel safe
  as $$
  begin
    return exists (select from public.staff_role r join public.staff s on s.staff_id = r.staff_id
             where r.staff_id = nullif(current_setting('vssid.staff', true), '')::bigint and s.is_active
               and r.role = 'operator'
               and (nullif(current_setting('vssid.now', true), '')::timestamptz at time zone 'Asia/Ho_Chi_Minh')::date
                   between r.valid_from and coalesce(r.valid_to, 'infinity'));
  end
  $$;
comment on function desk_operates() is 'Does vssid.staff run the system on the day of vssid.now?';

do $$
declare
  has_roles constant boolean := exists (select from pg_policies
    where schemaname = 'public' and tablename = 'health_card' and 'vssid_citizen' = any (roles));
  has_desk constant boolean := exists (select from pg_policies
    where schemaname = 'public' and tablename = 'health_card' and 'vssid_desk' = any (roles));
  older constant text := $rows$(select coalesce(nullif(current_setting('vssid.knows', true), '')::integer, 0) < 72)$rows$;
  not_citizen constant text := $rows$(select coalesce(current_setting('vssid.wall', true), '') <> 'citizen')$rows$;
  not_desk constant text := $rows$(select coalesce(current_setting('vssid.wall', true), '') <> 'desk')$rows$;
  not_walled constant text := $rows$(select coalesce(current_setting('vssid.wall', true), '') = '')$rows$;
  -- Read once a statement; "is true", so that no plan changes.
  here constant text := '(office_code = any ((select desk_offices())::text[])) is true';
  mine constant text := '(%I = (select nullif(current_setting(''vssid.staff'', true), '''')::bigint)) is true';
  in_hand constant text := '(person_id = any ((select desk_persons())::bigint[])) is true';
  some_staff constant text := $rows$(select coalesce(current_setting('vssid.staff', true), '') <> '')$rows$;
  by_desk text;
  by_citizen text;
  name text;
begin
  foreach name in array array['counter_matter', 'break_glass', 'look_flag', 'person_death', 'hotline_call', 'ticket',
      'ticket_event'] loop
    by_desk := case name
      when 'counter_matter' then here
      when 'break_glass' then concat_ws(' or ', here, format(mine, 'staff_id'), '(select desk_operates())')
      when 'look_flag' then concat_ws(' or ', here, format(mine, 'staff_id'), '(select desk_operates())')
      when 'person_death' then concat_ws(' or ', here, in_hand)
      when 'hotline_call' then format(mine, 'opened_by')
      when 'ticket' then concat_ws(' or ', here, format(mine, 'assigned_to'), in_hand)
      when 'ticket_event' then 'exists (select from ticket t where t.ticket_id = ticket_event.ticket_id)' end;
    -- A ticket is found by its code, too, by whoever reported it, and the hotline answers for every office.
    by_citizen := case
      when name = 'hotline_call' then format(mine, 'opened_by')
      when name not like 'ticket%' then some_staff end;
    execute format('alter table %I enable row level security', name);
    if has_roles then
      execute format('create policy all_rows on %I to vssid_app using (true)', name);
      execute format('create policy staff_rows on %I to vssid_citizen using (%s)', name,
        coalesce(older || ' or ' || by_citizen, 'true'));
    else
      execute format('alter table %I force row level security', name);
      execute format('create policy all_rows on %I using (true)', name);
      if by_citizen is not null then
        execute format('create policy staff_rows on %I as restrictive using (%s)', name,
          concat_ws(' or ', not_citizen, older, by_citizen));
      end if;
    end if;
    if has_desk then
      execute format('create policy desk_rows on %I to vssid_desk using (%s or %s)', name, older, by_desk);
    else
      execute format('create policy desk_rows on %I as restrictive using (%s)', name,
        concat_ws(' or ', not_desk, older, by_desk));
    end if;
  end loop;

  -- To every desk since 0065: from here on to the office and to the coordinator of the unit.
  by_desk := concat_ws(' or ', older, here, '(unit_code = any ((select desk_units())::text[])) is true');
  if has_desk then
    execute format('create policy desk_office on roster_appointment as restrictive to vssid_desk using (%s)', by_desk);
  else
    execute format('create policy desk_office on roster_appointment as restrictive using (%s or %s)', not_desk, by_desk);
  end if;

  -- Commands write them and the sweep reads them.
  foreach name in array array['breach_subject', 'look_watch', 'retention_hold', 'staff_person'] loop
    execute format('alter table %I enable row level security', name);
    if has_roles then
      execute format('create policy all_rows on %I to vssid_app using (%s)', name,
        case when has_desk then 'true' else not_walled end);
    else
      execute format('alter table %I force row level security', name);
      execute format('create policy all_rows on %I using (%s)', name, not_walled);
    end if;
  end loop;
end
$$;
