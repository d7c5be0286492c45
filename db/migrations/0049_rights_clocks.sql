-- Every right over one's data is a request with clocks, not deletion alone; alarms before a clock is over.

alter table data_request
  add column kind text not null default 'erase',
  add column third_at timestamptz,
  add column more_at timestamptz,
  add column extension_says text,
  add constraint data_request_kind_known check (kind in ('erase', 'supply', 'correct', 'restrict', 'object')),
  drop constraint data_request_outcome_known,
  add constraint data_request_outcome_known check (outcome in ('erased', 'done', 'refused')),
  add constraint data_request_erased_is_erase check (outcome <> 'erased' or kind = 'erase');
comment on column data_request.kind is 'Which right; one request at a time';
comment on column data_request.third_at is 'When the longer term was taken because somebody else must be asked';
comment on column data_request.more_at is 'When the term was extended, once';
comment on column data_request.extension_says is 'Why it takes longer, as the person reads it';

create table data_request_alarm (
  person_id bigint not null,
  request_id uuid not null,
  clock text not null,
  mark text not null,
  due_on date not null,
  at timestamptz not null,
  constraint data_request_alarm_pk primary key (person_id, request_id, clock, mark, due_on),
  constraint data_request_alarm_of_person foreign key (person_id) references person (person_id),
  constraint data_request_alarm_clock_known check (clock in ('answer', 'deed')),
  constraint data_request_alarm_mark_known check (mark in ('half', 'four_fifths', 'over'))
);
comment on table data_request_alarm is '[person] Which mark of which clock was rung, once each; a clock that was extended rings anew.';
