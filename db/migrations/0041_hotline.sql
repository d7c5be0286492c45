-- The hotline: who called and how they were identified, tickets with their clocks, the library of answers.

create table hotline_call (
  call_id uuid not null,
  channel text not null,
  key_kind text not null,
  key_mark bytea not null,
  file_code text,
  unit_code text,
  candidates jsonb not null default '[]',
  person_id bigint,
  declaration_id bigint,
  identified_at timestamptz,
  identified_how text,
  code_id uuid,
  code_proved_at timestamptz,
  tries_left smallint not null,
  opened_at timestamptz not null,
  opened_by bigint not null,
  office_code text,
  closed_at timestamptz,
  constraint hotline_call_pk primary key (call_id),
  constraint hotline_call_by foreign key (opened_by) references staff (staff_id),
  constraint hotline_call_channel_known check (channel in ('call', 'counter')),
  constraint hotline_call_key_known check (key_kind in ('phone', 'name_birth', 'bhxh', 'personal_id', 'code', 'unit')),
  constraint hotline_call_how_known check (identified_how in ('questions', 'code', 'paper')),
  constraint hotline_call_identified_whole check ((identified_at is null) = (identified_how is null) and (identified_at is null) = (person_id is null and declaration_id is null)),
  constraint hotline_call_tries check (tries_left between 0 and 9)
);
create index hotline_call_by_agent on hotline_call (opened_by, opened_at);
comment on table hotline_call is '[local] Calls and visits at a counter: by what somebody was looked for, never what was said. Nothing personal is shown before identified_at.';
comment on column hotline_call.key_mark is 'Keyed mark of what the caller was looked for by: wrong tries are counted with it';
comment on column hotline_call.candidates is 'Whom the caller may be: persons of the register and files without one. Never shown';

create table hotline_try (
  mark bytea not null,
  at timestamptz not null,
  try_id uuid not null,
  constraint hotline_try_pk primary key (mark, at, try_id)
);
create index hotline_try_by_time on hotline_try (at);
comment on table hotline_try is '[local] Wrong answers of callers and wrong digits for a ticket, by keyed mark: kept for two days.';

create table ticket (
  ticket_id bigint generated always as identity,
  code text not null,
  category text not null,
  priority text not null,
  channel text not null,
  state text not null default 'open',
  opened_at timestamptz not null,
  opened_by bigint,
  answer_by timestamptz,
  call_id uuid,
  person_id bigint,
  declaration_id bigint,
  unit_code text,
  office_code text,
  assigned_to bigint,
  reporter_name text,
  phone text,
  email text,
  lang text not null,
  says text not null,
  answered_at timestamptz,
  answered_by bigint,
  answer text,
  first_answered_at timestamptz,
  reopened smallint not null default 0,
  escalated_at timestamptz,
  from_mark bytea,
  constraint ticket_pk primary key (ticket_id),
  constraint ticket_code_once unique (code),
  constraint ticket_of_call foreign key (call_id) references hotline_call (call_id),
  constraint ticket_opened_by foreign key (opened_by) references staff (staff_id),
  constraint ticket_assigned_to foreign key (assigned_to) references staff (staff_id),
  constraint ticket_of_unit foreign key (unit_code) references drive_unit (unit_code),
  constraint ticket_office foreign key (office_code) references bhxh_office (office_code),
  constraint ticket_priority_known check (priority in ('high', 'normal', 'low')),
  constraint ticket_channel_known check (channel in ('call', 'counter', 'web', 'unit')),
  constraint ticket_state_known check (state in ('open', 'answered', 'closed')),
  constraint ticket_answered_whole check ((state = 'answered') = (answered_at is not null) and (answered_at is null) = (answer is null)),
  constraint ticket_by_staff_or_web check ((opened_by is null) = (channel = 'web'))
);
create index ticket_open on ticket (answer_by, ticket_id) where state = 'open';
create index ticket_by_person on ticket (person_id) where person_id is not null;
create index ticket_by_unit on ticket (unit_code, ticket_id) where unit_code is not null;
create index ticket_by_time on ticket (opened_at);
create index ticket_from on ticket (from_mark, opened_at) where from_mark is not null;
comment on table ticket is '[local] Difficulties that somebody reported, with the clock of their answer. Never health, never pay.';
comment on column ticket.reporter_name is 'personal: as the reporter gave it';
comment on column ticket.phone is 'personal: where the answer goes';
comment on column ticket.email is 'personal: where the answer goes';
comment on column ticket.says is 'personal: in the reporter''s or the agent''s words';
comment on column ticket.answer is 'What the reporter is told: without numbers of persons';
comment on column ticket.answer_by is 'By working hours and the policies of its day; null where the holiday table ends';
comment on column ticket.from_mark is 'Keyed mark of the network address of a web report: counted, never read';

create table ticket_event (
  ticket_id bigint not null,
  seq integer not null,
  at timestamptz not null,
  kind text not null,
  staff_id bigint,
  says text not null default '',
  detail jsonb not null default '{}',
  constraint ticket_event_pk primary key (ticket_id, seq),
  constraint ticket_event_of_ticket foreign key (ticket_id) references ticket (ticket_id),
  constraint ticket_event_kind_known check (kind in ('opened', 'taken', 'noted', 'handed_over', 'priority', 'answered', 'reopened', 'closed', 'escalated'))
);
comment on table ticket_event is '[local] What was done with a ticket, by whom; only added to.';
comment on column ticket_event.says is 'personal: notes of staff';

create table help_answer (
  answer_key text not null,
  version integer not null,
  category text not null,
  question_vi text not null,
  body_vi text not null,
  question_en text not null,
  body_en text not null,
  author_id bigint not null,
  written_at timestamptz not null,
  approved_by bigint,
  approved_at timestamptz,
  retired_by bigint,
  retired_at timestamptz,
  constraint help_answer_pk primary key (answer_key, version),
  constraint help_answer_author foreign key (author_id) references staff (staff_id),
  constraint help_answer_approver foreign key (approved_by) references staff (staff_id),
  constraint help_answer_two_persons check (approved_by <> author_id),
  constraint help_answer_approved_whole check ((approved_by is null) = (approved_at is null)),
  constraint help_answer_retired_whole check ((retired_by is null) = (retired_at is null))
);
create unique index help_answer_one_public on help_answer (answer_key) where approved_at is not null and retired_at is null;
create unique index help_answer_one_draft on help_answer (answer_key) where approved_at is null and retired_at is null;
comment on table help_answer is '[local] Answers to what people ask, by version: public once a second person approved them.';

create table help_answer_use (
  answer_key text not null,
  ticket_id bigint not null,
  at timestamptz not null,
  constraint help_answer_use_pk primary key (answer_key, ticket_id),
  constraint help_answer_use_of_ticket foreign key (ticket_id) references ticket (ticket_id)
);
comment on table help_answer_use is '[local] In which tickets an answer of the library was used: counted.';

create index contact_point_by_value on contact_point (value) where kind = 'phone' and valid_to is null;
