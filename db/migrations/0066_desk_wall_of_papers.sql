-- The second wall of the desk (docs/decisions/0060) around pictures and readings of ID papers: officers and supervisors
-- reach those of files of their own offices, and of files of persons whom 0065 opens to them. Everybody else reaches what
-- they reached: a citizen comes to these tables with the code of a file, which is not a person's.

-- A function, so that it is planned once a connection and not with each statement. As its owner, as desk_has_case is.
create function desk_has_file(file bigint) returns boolean
  language plpgsql stable parallel safe security definer
  set search_path = pg_catalog
  set vssid.wall = ''
  as $$
  begin
    return exists (select from public.declaration d
                    where d.declaration_id = file
                      and (d.office_code = any (public.desk_offices()) or d.person_id = any (public.desk_persons())));
  end
  $$;
comment on function desk_has_file(bigint) is 'Is it a file of an office of vssid.staff, or of a person whose record is open to them?';

do $$
declare
  has_roles constant boolean := exists (select from pg_policies
    where schemaname = 'public' and tablename = 'health_card' and 'vssid_citizen' = any (roles));
  has_desk constant boolean := exists (select from pg_policies
    where schemaname = 'public' and tablename = 'health_card' and 'vssid_desk' = any (roles));
  not_desk constant text := $rows$(select coalesce(current_setting('vssid.wall', true), '') <> 'desk')$rows$;
  of_file constant text := 'desk_has_file(declaration_id)';
  name text;
begin
  foreach name in array array['declaration_photo', 'id_paper_copy', 'id_paper_reading'] loop
    execute format('alter table %I enable row level security', name);
    if has_roles then
      execute format('create policy all_rows on %I to vssid_app, vssid_citizen using (true)', name);
    else
      execute format('alter table %I force row level security', name);
      execute format('create policy all_rows on %I using (true)', name);
    end if;
    if has_desk then
      execute format('create policy desk_rows on %I to vssid_desk using (%s)', name, of_file);
    else
      execute format('create policy desk_rows on %I as restrictive using (%s or %s)', name, not_desk, of_file);
    end if;
  end loop;
  if has_desk then
    revoke all on function desk_has_file(bigint) from public;
    grant execute on function desk_has_file(bigint) to vssid_desk;
  end if;
end
$$;
