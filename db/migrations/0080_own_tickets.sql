-- A ticket that somebody wrote is no case for them, and one that rests on a paper at the counter is known as such
-- (docs/decisions/0040).

alter table ticket
  add column identified_how text,
  add constraint ticket_how_known check (identified_how in ('questions', 'code', 'paper'));
comment on column ticket.identified_how is 'What spoke for its caller when it was written; null: nobody was identified, or there was no call';

-- As 0065 has it but for tickets. Its grants and its comment stay.
create or replace function desk_has_case(who bigint, offices text[]) returns boolean
  language plpgsql stable parallel safe security definer
  set search_path = pg_catalog, pg_temp
  set vssid.wall = ''
  as $$
  declare
    moment constant timestamptz := nullif(current_setting('vssid.now', true), '')::timestamptz;
    asker constant bigint := nullif(current_setting('vssid.staff', true), '')::bigint;
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
                  and t.office_code = any (offices) and t.opened_by is distinct from asker) then return true; end if;
    if exists (select from public.data_request r where r.person_id = who and r.decided_at is null
                  and r.withdrawn_at is null and r.office_code = any (offices)) then return true; end if;
    if exists (select from public.person_death p where p.person_id = who and p.undone_at is null
                  and p.office_code = any (offices)) then return true; end if;
    return exists (select from public.break_glass g where g.person_id = who and g.until_at > moment
                      and g.staff_id = asker);
  end
  $$;
