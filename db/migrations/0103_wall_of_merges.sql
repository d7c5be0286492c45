-- The second wall (docs/decisions/0069) around what a merge of two records keeps for its way back: whole rows of pay,
-- benefits, papers and reports among it. Requests of citizens, of strangers and of staff without records reach none of it,
-- and no page of theirs asks it; the desk, which merges, and vssid_app reach what they reached.
do $$
declare
  has_roles constant boolean := exists (select from pg_policies
    where schemaname = 'public' and tablename = 'health_card' and 'vssid_citizen' = any (roles));
  has_desk constant boolean := exists (select from pg_policies
    where schemaname = 'public' and tablename = 'health_card' and 'vssid_desk' = any (roles));
begin
  alter table person_merge_row enable row level security;
  if has_roles then
    create policy all_rows on person_merge_row to vssid_app using (true);
    if has_desk then
      create policy desk_rows on person_merge_row to vssid_desk using (true);
    end if;
  else
    alter table person_merge_row force row level security;
    create policy all_rows on person_merge_row using ((select coalesce(current_setting('vssid.wall', true), '') <> 'citizen'));
  end if;
end
$$;
