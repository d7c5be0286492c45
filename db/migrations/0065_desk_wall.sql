-- The second wall around officers and supervisors (docs/decisions/0060): their requests come as vssid_desk. Each statement
-- says who asks (vssid.staff), at what instant (vssid.now) and whom it is about (vssid.persons); PostgreSQL finds out by
-- itself at which offices they work on that day, and whether something is open there about each of these persons. Naming
-- somebody opens nobody; whoever is not named is not found.
-- vssid_app, which the worker, the imports, the commands and the version before use, reaches what it reached.
-- Where this role cannot be made the policies go by vssid.wall, as those of 0045 do where there are no roles at all.

create function desk_offices() returns text[]
  language plpgsql stable parallel safe
  as $$
  begin
    return (select array_agg(r.office_code)
              from public.staff_role r join public.staff s on s.staff_id = r.staff_id
             where r.staff_id = nullif(current_setting('vssid.staff', true), '')::bigint and s.is_active
               and r.role in ('officer', 'supervisor')
               and (nullif(current_setting('vssid.now', true), '')::timestamptz at time zone 'Asia/Ho_Chi_Minh')::date
                   between r.valid_from and coalesce(r.valid_to, 'infinity'));
  end
  $$;
comment on function desk_offices() is 'Where vssid.staff is an officer or a supervisor on the day of vssid.now; null: nowhere';

-- Step by step, so that the first thing found spares the rest. As its owner: the policies of these tables ask it in turn;
-- where they bind the owner they go by vssid.wall. What the pages of the desk show is open as long as they
-- show it: a report that was answered, a merge that may still be undone.
create function desk_has_case(who bigint, offices text[]) returns boolean
  language plpgsql stable parallel safe security definer
  set search_path = pg_catalog
  set vssid.wall = ''
  as $$
  declare
    moment constant timestamptz := nullif(current_setting('vssid.now', true), '')::timestamptz;
    since timestamptz;
  begin
    if exists (select from public.person_number n join public.declaration d on d.insurance_number = n.number
                where n.person_id = who and n.kind = 'bhxh'
                  and d.office_code = any (offices) and d.status in ('confirmed', 'received')) then return true; end if;
    if exists (select from public.person_number n join public.declaration d on d.id_number = n.number
                where n.person_id = who and n.kind <> 'bhxh'
                  and d.office_code = any (offices) and d.status in ('confirmed', 'received')) then return true; end if;
    since := moment - make_interval(days => coalesce((
      select (s.value #>> '{}')::int from public.setting s
       where s.name = 'looks.case_days' and s.valid_from <= (moment at time zone 'Asia/Ho_Chi_Minh')::date
       order by s.valid_from desc limit 1), 30));
    if exists (select from public.declaration d where d.person_id = who and d.status = 'accepted'
                  and d.office_code = any (offices) and d.decided_at > since) then return true; end if;
    if exists (select from public.person_merge m
                where m.survivor_id = who and m.office_code = any (offices)) then return true; end if;
    if exists (select from public.person_merge m
                where m.merged_id = who and m.office_code = any (offices)) then return true; end if;
    if exists (select from public.counter_matter m where m.person_id = who and m.until_at > moment
                  and m.office_code = any (offices)) then return true; end if;
    if exists (select from public.dispute d
                where d.person_id = who and d.office_code = any (offices)) then return true; end if;
    if exists (select from public.ticket t where t.person_id = who and t.state = 'open'
                  and t.office_code = any (offices)) then return true; end if;
    if exists (select from public.data_request r where r.person_id = who and r.decided_at is null
                  and r.withdrawn_at is null and r.office_code = any (offices)) then return true; end if;
    if exists (select from public.person_death p where p.person_id = who and p.undone_at is null
                  and p.office_code = any (offices)) then return true; end if;
    return exists (select from public.break_glass g where g.person_id = who and g.until_at > moment
                      and g.staff_id = nullif(current_setting('vssid.staff', true), '')::bigint);
  end
  $$;
comment on function desk_has_case(bigint, text[]) is 'Is something open about this person at one of these offices, or did vssid.staff break the glass?';

-- Whoever compares two records that may be one person's has a case of one of them.
create function desk_persons() returns bigint[]
  language plpgsql stable parallel safe
  as $$
  declare
    named constant bigint[] := coalesce(nullif(current_setting('vssid.persons', true), ''), '{}')::bigint[];
    offices constant text[] := public.desk_offices();
    opened bigint[] := '{}';
    who bigint;
  begin
    foreach who in array named loop
      if public.desk_has_case(who, offices) then opened := opened || who; end if;
    end loop;
    if cardinality(opened) in (0, cardinality(named)) then return opened; end if;
    return opened || array(
      select other.person_id
        from public.person one, public.person other
       where one.person_id = any (opened) and other.person_id = any (named) and other.person_id <> all (opened)
         and (one.folded_name = other.folded_name
                and (one.birth_on = other.birth_on
                  or 'day' <> any (array[one.birth_precision, other.birth_precision])
                     and date_part('year', one.birth_on) = date_part('year', other.birth_on))
           or exists (select from public.person_number a join public.person_number b using (kind, number)
                       where a.person_id = one.person_id and b.person_id = other.person_id)));
  end
  $$;
comment on function desk_persons() is 'Those of vssid.persons whose records vssid.staff may open at vssid.now';

-- The desk of claims is bound to a claim that is known by its facility and MA_LK, and to a right.
create function desk_claim() returns uuid
  language plpgsql stable parallel safe
  as $$
  begin
    return (select nullif(current_setting('vssid.claim', true), '')::uuid
             where exists (select from public.staff_right r
                            where r.staff_id = nullif(current_setting('vssid.staff', true), '')::bigint
                              and r.name = 'claims' and r.ended_at is null));
  end
  $$;
comment on function desk_claim() is 'vssid.claim, where vssid.staff holds the right to read what claims say of care';

do $$
declare
  has_roles constant boolean := exists (select from pg_policies
    where schemaname = 'public' and tablename = 'health_card' and 'vssid_citizen' = any (roles));
  has_desk boolean := false;
  held record;
  name text;
  by_case constant text := '(person_id = any ((select desk_persons())::bigint[])) is true';
  by_claim constant text := 'visit_id = (select desk_claim())';
  not_desk constant text := $rows$(select coalesce(current_setting('vssid.wall', true), '') <> 'desk')$rows$;
begin
  if has_roles then
    if not exists (select from pg_roles where rolname = 'vssid_desk')
       and (select rolcreaterole or rolsuper from pg_roles where rolname = current_user) then
      begin
        create role vssid_desk nologin;
      exception when duplicate_object or unique_violation then null;
      end;
    end if;
    if exists (select from pg_roles where rolname = 'vssid_desk') then
      begin
        grant vssid_desk to current_user;
        has_desk := true;
      exception when insufficient_privilege then null; -- another installation's, on a shared server
      end;
    end if;
  end if;
  if has_desk then
    grant usage on schema public to vssid_desk;
    for held in
      select format('%s on %s%I', a.privilege_type, case c.relkind when 'S' then 'sequence ' else '' end, c.relname) as what
        from pg_class c, aclexplode(c.relacl) a
       where c.relnamespace = 'public'::regnamespace and a.grantee = 'vssid_app'::regrole and c.relname <> 'visit_staging'
    loop
      execute format('grant %s to vssid_desk', held.what);
    end loop;
    alter default privileges in schema public grant select, insert, update, delete on tables to vssid_desk;
    alter default privileges in schema public grant usage, select on sequences to vssid_desk;
    foreach name in array array['roster_person', 'roster_upload', 'roster_refusal', 'roster_appointment'] loop
      execute format('create policy desk_rows on %I to vssid_desk using (true)', name);
    end loop;
  end if;
  foreach name in array array['visit', 'visit_rest', 'visit_version', 'participation_period', 'benefit',
      'benefit_document', 'health_card', 'person_household'] loop
    if has_desk then
      execute format('create policy desk_rows on %I to vssid_desk using (%s)', name, by_case);
      if name like 'visit%' then
        execute format('create policy desk_claim on %I for select to vssid_desk using (%s)', name, by_claim);
      end if;
    else
      execute format('create policy desk_rows on %I as restrictive using (%s)', name,
        concat_ws(' or ', not_desk, by_case, case when name like 'visit%' then by_claim end));
    end if;
  end loop;
end
$$;

-- Where a claim comes from and what it was worth, without a word of the care or the patient's name: for every desk, and
-- by the claim's own key alone. As its owner, whom no policy binds; where the policies bind the owner they go by vssid.wall.
create function claim_ledger(claim uuid)
  returns table (person_id bigint, facility_code text, facility_name text, arrived_at timestamptz, spec text,
    source_file_id bigint, source_record integer, flags text, total numeric, fund_paid numeric,
    ended_at timestamptz, end_reason text)
  language sql stable security definer
  set search_path = pg_catalog, public
  set vssid.wall = ''
  as $$
    select c.person_id, c.facility_code,
           coalesce((select f.name from facility f where f.facility_code = c.facility_code
                      order by (f.valid_from <= c.admitted_at) desc, f.valid_from desc limit 1), c.facility_code),
           c.arrived_at, c.spec, c.source_file_id, c.source_record, c.flags, c.total, c.fund_paid, c.ended_at, c.end_reason
      from (select v.person_id, v.facility_code, v.admitted_at, v.arrived_at, v.spec, v.source_file_id, v.source_record,
                   v.flags, v.total, v.fund_paid, null::timestamptz as ended_at, null::text as end_reason
              from visit v where v.visit_id = claim
            union all
            select v.person_id, v.facility_code, v.admitted_at, v.arrived_at, v.spec, v.source_file_id, v.source_record,
                   v.flags, v.total, v.fund_paid, v.ended_at, v.end_reason
              from visit_version v where v.visit_id = claim) c
     order by c.ended_at desc nulls first limit 51
  $$;
comment on function claim_ledger(uuid) is 'A claim as it stands (ended_at null) and its earlier versions, newest first: sources and amounts';
revoke all on function claim_ledger(uuid) from public;
do $$
declare
  name text;
begin
  foreach name in array array['vssid_app', 'vssid_desk'] loop
    if exists (select from pg_roles r where r.rolname = name and pg_has_role(current_user, r.oid, 'member')) then
      execute format('grant execute on function claim_ledger(uuid) to %I', name);
    end if;
  end loop;
  if exists (select from pg_policies where schemaname = 'public' and 'vssid_desk' = any (roles)) then
    revoke all on function desk_has_case(bigint, text[]) from public;
    grant execute on function desk_has_case(bigint, text[]) to vssid_desk;
  end if;
end
$$;
