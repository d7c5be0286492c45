-- A case has an office, a history and an outcome: who asked the source, who answered, what came of it.

alter table dispute add column office_code text;
alter table dispute add column outcome text;
alter table dispute add constraint dispute_office foreign key (office_code) references bhxh_office (office_code);
alter table dispute
  add constraint dispute_outcome_known check (outcome in ('corrected', 'stands', 'undecided'));
comment on column dispute.office_code is 'Office that answers: the one that accepted the person''s file; empty where none did';
comment on column dispute.outcome is 'Set with the answer. corrected: the source sent it right; stands: the fact is right as it is; undecided: the source did not say';
create index declaration_accepted_of_person on declaration (person_id, decided_at) where status = 'accepted';
update dispute d set office_code = (
  select f.office_code from declaration f
  where f.person_id = d.person_id and f.status = 'accepted'
  order by f.decided_at desc limit 1
);
create index dispute_by_office on dispute (office_code, status, answer_due_on);
create index dispute_by_id on dispute (dispute_id);

create table dispute_event (
  person_id bigint not null,
  dispute_id uuid not null,
  seq integer not null,
  at timestamptz not null,
  kind text not null,
  staff_id bigint not null,
  office_code text not null,
  says text not null,
  constraint dispute_event_pk primary key (person_id, dispute_id, seq),
  constraint dispute_event_of_dispute foreign key (person_id, dispute_id) references dispute (person_id, dispute_id),
  constraint dispute_event_kind_known check (kind in ('asked', 'answered'))
);
comment on table dispute_event is '[person] What an office did with a case, in order; the person reads it.';
comment on column dispute_event.says is 'personal: whom the office asked and what, or the answer itself';
