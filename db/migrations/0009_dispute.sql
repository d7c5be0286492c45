-- "This is wrong", "this visit is not mine": a dispute points at one fact and never changes it.

create table dispute (
  person_id bigint not null,
  dispute_id uuid not null,
  kind text not null,
  fact_kind text not null,
  fact_id text not null,
  says text not null,
  status text not null default 'open',
  created_at timestamptz not null,
  answer_due_on date,
  answered_at timestamptz,
  answer text,
  constraint dispute_pk primary key (person_id, dispute_id),
  constraint dispute_of_person foreign key (person_id) references person (person_id),
  constraint dispute_kind_known check (kind in ('not_mine', 'wrong', 'missing')),
  constraint dispute_fact_kind_known check (fact_kind in ('visit', 'participation', 'card', 'benefit')),
  constraint dispute_status_known check (status in ('open', 'answered')),
  constraint dispute_answer_has_time check ((answer is null) = (answered_at is null)),
  constraint dispute_says_something check (kind = 'not_mine' or length(says) > 0)
);
create unique index dispute_one_open_per_fact on dispute (person_id, fact_kind, fact_id) where status = 'open';
comment on table dispute is '[person] Báo sai thông tin: one open case a fact; the record itself is never deleted by it.';
comment on column dispute.fact_id is 'Points at the fact: visit id, fund.month, first day of a card, kind.first day of a benefit; empty for what is missing';
comment on column dispute.says is 'personal: the person''s own words';
comment on column dispute.answer_due_on is 'Third working day; empty when the holiday table of the year is not there yet';
