-- Accounts of the dead are looked for each night: the register is not read from its first row to its last for it.
create index person_dead on person (person_id) where died_on is not null;

-- What a recall withdrew stands in visit_version. A claim that was only ever rejected never stood as a visit: its recall
-- is written down, so that the claim does not come in when its file comes again.
create table claim_recall (
  visit_id uuid not null,
  file_id bigint not null,
  record_no integer not null,
  constraint claim_recall_pk primary key (visit_id)
);
comment on table claim_recall is '[local] The last recall of each claim, whether a visit stood or not: file and record that said it.';

-- Two birth dates of which one knows the month alone were compared by the year: the desk saw namesakes of other months.
create or replace function desk_persons() returns bigint[]
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
        from public.person one, public.person other,
             lateral (select case when 'year' = any (array[one.birth_precision, other.birth_precision]) then 'year'
                                  when 'month' = any (array[one.birth_precision, other.birth_precision]) then 'month'
                                  else 'day' end as known) birth
       where one.person_id = any (opened) and other.person_id = any (named) and other.person_id <> all (opened)
         and (one.folded_name = other.folded_name
                and date_trunc(birth.known, one.birth_on::timestamp) = date_trunc(birth.known, other.birth_on::timestamp)
           or exists (select from public.person_number a join public.person_number b using (kind, number)
                       where a.person_id = one.person_id and b.person_id = other.person_id)));
  end
  $$;
