-- The counter: a second pair of eyes, what was trusted field by field, the queue and the search of a large office.

alter table declaration
  add column holding_no integer not null default 0,
  add column proposed_by bigint,
  add column proposed_at timestamptz,
  add column seconded_by bigint,
  add constraint declaration_proposal_whole check ((proposed_by is null) = (proposed_at is null)),
  add constraint declaration_two_persons check (seconded_by is null or (proposed_by is not null and seconded_by <> proposed_by));
comment on column declaration.holding_no is 'seq of the step that last took the file up: an act from an older page is refused';
comment on column declaration.proposed_by is 'Officer who proposed acceptance of a file that differs; it waits for another person, a supervisor';
comment on column declaration.seconded_by is 'Supervisor who confirmed the proposal: never who proposed it';

-- The kinds that are known already stay known, whichever they are.
do $$
declare
  known text := (select substring(pg_get_constraintdef(oid) from 7) from pg_constraint
                  where conname = 'declaration_event_kind_known');
begin
  alter table declaration_event drop constraint declaration_event_kind_known;
  execute 'alter table declaration_event add constraint declaration_event_kind_known check (kind in (''proposed'', ''sent_back'') or '
    || known || ')';
end
$$;

create table declaration_finding (
  declaration_id bigint not null,
  seq integer not null,
  field text not null,
  difference text not null,
  trusted text not null,
  reason text,
  constraint declaration_finding_pk primary key (declaration_id, seq, field),
  constraint declaration_finding_of_event foreign key (declaration_id, seq) references declaration_event (declaration_id, seq),
  constraint declaration_finding_field_known check (field in ('insurance_number', 'id_number', 'name', 'birth', 'sex', 'phone')),
  constraint declaration_finding_difference_known check (difference in ('equal', 'tone_placement', 'case_or_space', 'missing_marks', 'real', 'missing_one_side')),
  constraint declaration_finding_trusted_known check (trusted in ('declared', 'paper', 'register')),
  constraint declaration_finding_real_has_reason check (difference <> 'real' or reason is not null)
);
comment on table declaration_finding is '[local] Which source was trusted in each field that differed, and why; by the event that decided or proposed.';
comment on column declaration_finding.reason is 'personal: the officer''s own words about this person''s papers';

alter table id_paper_reading add column replaces smallint;
update id_paper_reading set replaces = reading_no - 1 where reading_no > 1;
comment on column id_paper_reading.replaces is 'The reading that this one corrects; null: a paper of its own';

drop index declaration_queue;
create index declaration_to_decide on declaration (office_code, notice_due_at, declaration_id) where status = 'received';
create index declaration_to_hand_in on declaration (office_code, lapses_at, declaration_id) where status = 'confirmed';
create index declaration_on_desk on declaration (held_by) where status = 'received' and held_by is not null;

-- Every word of the name with the office before it: a name is looked for within an office, in any order of its words.
create index declaration_by_name_at_office on declaration using gin (
  array_to_tsvector(string_to_array(office_code || '.' || replace(translate(folded_name, '-''’‘ʼ`', ' '), ' ', ' ' || office_code || '.'), ' '))
) where status <> 'draft';

create index audit_event_by_copy on audit_event (object_id, event_id desc) where object_kind = 'id_paper_copy';

do $$
begin
  if exists (select from pg_roles where rolname = 'vssid_app') then
    revoke update, delete, truncate on declaration_finding from vssid_app;
  end if;
end
$$;
