-- Looks of staff at persons: matters that open a record, broken glass, lifted ceilings, watched persons, flags and verdicts.

create index audit_event_staff_by_time on audit_event (actor_id, at) include (action, person_id, object_id) where actor_kind = 'staff';
create index person_merge_by_merged on person_merge (merged_id);

create table counter_matter (
  matter_id uuid not null,
  person_id bigint not null,
  office_code text not null,
  staff_id bigint not null,
  reason text not null,
  opened_at timestamptz not null,
  until_at timestamptz not null,
  constraint counter_matter_pk primary key (matter_id),
  constraint counter_matter_office foreign key (office_code) references bhxh_office (office_code),
  constraint counter_matter_by foreign key (staff_id) references staff (staff_id),
  constraint counter_matter_reason_known check (reason in ('present', 'relative', 'two_numbers', 'written')),
  constraint counter_matter_ends check (until_at > opened_at)
);
create index counter_matter_of_person on counter_matter (person_id, until_at);
create index counter_matter_by_staff on counter_matter (staff_id, opened_at);
comment on table counter_matter is '[local] What brings a person without an open case to a counter: opens the record to that office until the end of the day.';

create table break_glass (
  glass_id uuid not null,
  person_id bigint not null,
  office_code text not null,
  staff_id bigint not null,
  reason text not null,
  says text not null,
  opened_at timestamptz not null,
  until_at timestamptz not null,
  constraint break_glass_pk primary key (glass_id),
  constraint break_glass_office foreign key (office_code) references bhxh_office (office_code),
  constraint break_glass_by foreign key (staff_id) references staff (staff_id),
  constraint break_glass_reason_known check (reason in ('treatment', 'danger', 'deadline', 'fault', 'other')),
  constraint break_glass_says_something check (length(says) between 10 and 500),
  constraint break_glass_ends check (until_at > opened_at)
);
create index break_glass_of_person on break_glass (person_id, until_at);
comment on table break_glass is '[local] A record opened without a case in an emergency, to one member of staff for an hour; a flag makes the supervisor review it.';
comment on column break_glass.says is 'personal: why, in the words of who opened it';

create table look_lift (
  lift_id uuid not null,
  staff_id bigint not null,
  lifted_by bigint not null,
  reason text not null,
  office_code text,
  from_at timestamptz not null,
  until_at timestamptz not null,
  constraint look_lift_pk primary key (lift_id),
  constraint look_lift_of foreign key (staff_id) references staff (staff_id),
  constraint look_lift_by foreign key (lifted_by) references staff (staff_id),
  constraint look_lift_two_persons check (lifted_by <> staff_id),
  constraint look_lift_ends check (until_at > from_at),
  constraint look_lift_reason_has_length check (length(reason) between 10 and 300)
);
create index look_lift_of_staff on look_lift (staff_id, until_at);
comment on table look_lift is '[local] A supervisor doubles the ceilings of a colleague until the end of the day.';

create table look_watch (
  person_id bigint not null,
  kind text not null,
  why text not null,
  added_at timestamptz not null,
  added_by text not null,
  ended_at timestamptz,
  constraint look_watch_pk primary key (person_id, kind, added_at),
  constraint look_watch_kind_known check (kind in ('protected', 'canary'))
);
comment on table look_watch is '[local] Persons at whom every look is told: those known to many or in danger, and canaries, who are nobody.';
comment on column look_watch.why is 'Whose decision, or a document: no name and no illness';

create table staff_person (
  staff_id bigint not null,
  person_id bigint not null,
  added_at timestamptz not null,
  constraint staff_person_pk primary key (staff_id),
  constraint staff_person_of_staff foreign key (staff_id) references staff (staff_id)
);
create index staff_person_by_person on staff_person (person_id);
comment on table staff_person is '[local] Which record of the register is a member of staff''s own: for looks at oneself, colleagues and neighbours.';

create table look_flag (
  flag_id bigint generated always as identity,
  staff_id bigint not null,
  kind text not null,
  day date not null,
  person_id bigint not null default 0,
  office_code text,
  first_at timestamptz not null,
  last_at timestamptz not null,
  first_event bigint not null,
  last_event bigint not null,
  times integer not null,
  glass_id uuid,
  due_on date,
  verdict text,
  note text,
  judged_by bigint,
  judged_at timestamptz,
  constraint look_flag_pk primary key (flag_id),
  constraint look_flag_once unique (staff_id, kind, day, person_id),
  constraint look_flag_of_staff foreign key (staff_id) references staff (staff_id),
  constraint look_flag_of_glass foreign key (glass_id) references break_glass (glass_id),
  constraint look_flag_kind_known check (kind in ('canary', 'protected', 'own_record', 'colleague', 'neighbour', 'many_persons', 'ceiling', 'no_case', 'repeats', 'odd_hours', 'matters', 'break_glass')),
  constraint look_flag_verdict_known check (verdict in ('explained', 'wrong', 'misuse')),
  constraint look_flag_judged_whole check ((verdict is null) = (note is null) and (verdict is null) = (judged_by is null) and (verdict is null) = (judged_at is null)),
  constraint look_flag_two_persons check (judged_by <> staff_id)
);
create index look_flag_open on look_flag (office_code, flag_id) where verdict is null;
create index look_flag_by_time on look_flag (last_at);
comment on table look_flag is '[local] Unusual looking, one row a member of staff, kind, day and (where it is about one) person; judged by somebody else.';
comment on column look_flag.person_id is '0: about no single person';
comment on column look_flag.note is 'Of who judged: nothing of the person''s health';

create table look_sweep (
  only_one boolean not null default true,
  last_link bigint not null,
  swept_at timestamptz,
  constraint look_sweep_pk primary key (only_one),
  constraint look_sweep_single check (only_one)
);
comment on table look_sweep is '[local] How far the search for flags has read the chain of the audit: links come in the order of commits, ids do not.';
insert into look_sweep (last_link) select coalesce(max(link_no), 0) from audit_link;

alter table notice
  drop constraint notice_channel_known,
  add constraint notice_channel_known check (channel in ('sms', 'email', 'push', 'inbox'));
