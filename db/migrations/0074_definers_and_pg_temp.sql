-- Unless a function says otherwise, names of tables and types are looked for among the caller's temporary ones first. Who
-- may make those could lay a view named "visit", or a type named "timestamptz", in the way of a function that acts as its
-- owner, and so run as the owner what the view or the type calls. Here they come last; a test asks it of every such function.
alter function claim_ledger(uuid) set search_path = pg_catalog, public, pg_temp;
alter function desk_has_case(bigint, text[]) set search_path = pg_catalog, pg_temp;
alter function desk_has_file(bigint) set search_path = pg_catalog, pg_temp;
alter function persons_of_phone(text) set search_path = pg_catalog, pg_temp;
alter function missing_standby() set search_path = pg_catalog, pg_temp;
