-- The application runs as vssid_app where the owner may make roles; it can add events, never change them.
do $$
begin
  if not exists (select from pg_roles where rolname = 'vssid_app') then
    if (select rolcreaterole or rolsuper from pg_roles where rolname = current_user) then
      begin
        create role vssid_app nologin;
      exception when duplicate_object or unique_violation then null;
      end;
    end if;
  end if;
  if exists (select from pg_roles where rolname = 'vssid_app') then
    grant vssid_app to current_user;
    grant usage on schema public to vssid_app;
    grant select, insert, update, delete on all tables in schema public to vssid_app;
    grant usage, select on all sequences in schema public to vssid_app;
    revoke update, delete, truncate on declaration_event, audit_event, audit_link from vssid_app;
    grant truncate on visit_staging to vssid_app;
    alter default privileges in schema public grant select, insert, update, delete on tables to vssid_app;
    alter default privileges in schema public grant usage, select on sequences to vssid_app;
  end if;
end
$$;
