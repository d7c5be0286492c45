-- The second wall of the desk (docs/decisions/0060) around registration files: officers and supervisors reach those of
-- their own offices and of batches that lie there, those of persons whom 0065 opens to them, and the one whose code the
-- request names: on the paper in the hand it stands, and by it a file is brought from another office.
-- Citizens, who come with the code of a file, and everybody else reach what they reached.

-- Asked of a file of another office alone. A function, so that it is planned once a connection and not with each statement.
create function desk_reaches(file bigint, person bigint, file_code text) returns boolean
  language plpgsql stable parallel safe
  as $$
  begin
    if file_code = nullif(current_setting('vssid.file', true), '') then return true; end if;
    if person is not null and current_setting('vssid.persons', true) <> '{}'
       and person = any (public.desk_persons()) then return true; end if;
    return exists (select from public.batch_line l join public.batch b on b.batch_id = l.batch_id
                    where l.declaration_id = file and l.outcome = 'taken' and l.removed_at is null
                      and b.office_code = any (public.desk_offices()));
  end
  $$;
comment on function desk_reaches(bigint, bigint, text) is 'Is it the file of vssid.file, of a person whose record is open to vssid.staff, or in a batch of their office?';

do $$
declare
  has_roles constant boolean := exists (select from pg_policies
    where schemaname = 'public' and tablename = 'health_card' and 'vssid_citizen' = any (roles));
  has_desk constant boolean := exists (select from pg_policies
    where schemaname = 'public' and tablename = 'health_card' and 'vssid_desk' = any (roles));
  not_desk constant text := $rows$(select coalesce(current_setting('vssid.wall', true), '') <> 'desk')$rows$;
  of_desk constant text := $rows$(office_code = any ((select desk_offices())::text[])
    or desk_reaches(declaration_id, person_id, code)) is true$rows$;
begin
  alter table declaration enable row level security;
  if has_roles then
    create policy all_rows on declaration to vssid_app, vssid_citizen using (true);
  else
    alter table declaration force row level security;
    create policy all_rows on declaration using (true);
  end if;
  if has_desk then
    execute format('create policy desk_rows on declaration to vssid_desk using (%s)', of_desk);
  else
    execute format('create policy desk_rows on declaration as restrictive using (%s or %s)', not_desk, of_desk);
  end if;
end
$$;

-- Files of other offices are counted, and nothing else of them is told. As its owner, as claim_ledger is.
create function persons_of_phone(telephone text) returns bigint
  language plpgsql stable security definer
  set search_path = pg_catalog
  set vssid.wall = ''
  as $$
  begin
    return (select count(*) from (
      select distinct d.id_kind, d.id_number from public.declaration d
       where d.phone = telephone and d.status in ('confirmed', 'received', 'accepted', 'refused')) persons);
  end
  $$;
comment on function persons_of_phone(text) is 'For how many persons this telephone was declared: by their papers, in files that somebody stood by';
revoke all on function persons_of_phone(text) from public;
do $$
declare
  name text;
begin
  foreach name in array array['vssid_app', 'vssid_desk'] loop
    if exists (select from pg_roles r where r.rolname = name and pg_has_role(current_user, r.oid, 'member')) then
      execute format('grant execute on function persons_of_phone(text) to %I', name);
    end if;
  end loop;
end
$$;
