-- The second wall (docs/decisions/0042): requests of citizens and of strangers come as vssid_citizen, and reach in the
-- tables of health, pay and cards the rows of the persons named in vssid.persons, without the private ones of those in
-- vssid.veiled; of nobody while none is named.
-- vssid_app, which the desk, the worker, the imports and the version before use, reaches what it reached.
-- Visits themselves follow in 0047: with policies COPY into them ends for vssid_app, which the version before uses.
-- Where these roles cannot be made there is one role for all, the owner: for it the policies go by vssid.wall.
do $$
declare
  has_roles boolean;
  name text;
  theirs_here text;
  held record;
  walled constant text[] := array['visit_rest', 'visit_version', 'participation_period', 'benefit', 'benefit_document',
    'health_card'];
  -- The setting is read once a statement. "is true", because a bare "= any" goes into the index, and another plan with it.
  named constant text := $rows$(person_id = any ((select nullif(current_setting('vssid.%s', true), '')::bigint[])::bigint[])) $rows$;
  theirs constant text := format(named, 'persons') || 'is true';
  -- Private rows of a child who is old enough are shown to the child alone, not to the guardian who acts for it.
  not_veiled constant text := format(named, 'veiled') || 'is not true';
  shown constant text := '(not is_sensitive or ' || not_veiled || ')';
  shown_with_visit constant text := '(' || not_veiled || $rows$ or exists (select from visit v
    where v.person_id = visit_rest.person_id and v.visit_id = visit_rest.visit_id and not v.is_sensitive))$rows$;
  not_walled constant text := $rows$(select coalesce(current_setting('vssid.wall', true), '') <> 'citizen')$rows$;
begin
  if not exists (select from pg_roles where rolname = 'vssid_citizen') then
    if (select rolcreaterole or rolsuper from pg_roles where rolname = current_user) then
      begin
        create role vssid_citizen nologin;
      exception when duplicate_object or unique_violation then null;
      end;
    end if;
  end if;
  has_roles := (select count(*) = 2 from pg_roles where rolname in ('vssid_app', 'vssid_citizen'));
  if has_roles then
    begin
      grant vssid_citizen to current_user;
    exception when insufficient_privilege then has_roles := false; -- another installation's, on a shared server
    end;
  end if;
  if has_roles then
    grant usage on schema public to vssid_citizen;
    for held in
      select format('%s on %s%I', a.privilege_type, case c.relkind when 'S' then 'sequence ' else '' end, c.relname) as what
        from pg_class c, aclexplode(c.relacl) a
       where c.relnamespace = 'public'::regnamespace and a.grantee = 'vssid_app'::regrole and c.relname <> 'visit_staging'
         and (c.relname <> all (walled || 'visit'::text) or a.privilege_type = 'SELECT')
    loop
      execute format('grant %s to vssid_citizen', held.what);
    end loop;
    alter default privileges in schema public grant select, insert, update, delete on tables to vssid_citizen;
    alter default privileges in schema public grant usage, select on sequences to vssid_citizen;
  end if;
  foreach name in array walled loop
    theirs_here := concat_ws(' and ', theirs, case
      when name in ('visit_version', 'benefit_document') then shown
      when name = 'visit_rest' then shown_with_visit end);
    execute format('alter table %I enable row level security', name);
    if has_roles then
      execute format('create policy all_rows on %I to vssid_app using (true)', name);
      execute format('create policy own_rows on %I for select to vssid_citizen using (%s)', name, theirs_here);
    else
      execute format('alter table %I force row level security', name);
      execute format('create policy all_rows on %I using (%s)', name, not_walled);
      execute format('create policy own_rows on %I for select using (%s)', name, theirs_here);
    end if;
  end loop;
end
$$;
