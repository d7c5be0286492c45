-- A person asks for their account's data to be deleted; the office answers within the law's days.

create table data_request (
  person_id bigint not null,
  request_id uuid not null,
  says text not null,
  opened_at timestamptz not null,
  answer_by date not null,
  due_on date not null,
  office_code text not null,
  taken_at timestamptz,
  taken_by bigint,
  decided_at timestamptz,
  decided_by bigint,
  outcome text,
  answer text,
  withdrawn_at timestamptz,
  constraint data_request_pk primary key (person_id, request_id),
  constraint data_request_of_person foreign key (person_id) references person (person_id),
  constraint data_request_office foreign key (office_code) references bhxh_office (office_code),
  constraint data_request_outcome_known check (outcome in ('erased', 'refused')),
  constraint data_request_decided_whole check ((decided_at is null) = (outcome is null) and (decided_at is null) = (decided_by is null) and (decided_at is null) = (answer is null)),
  constraint data_request_ends_once check (decided_at is null or withdrawn_at is null)
);
create unique index data_request_one_open on data_request (person_id) where decided_at is null and withdrawn_at is null;
create index data_request_of_office on data_request (office_code, due_on) where decided_at is null and withdrawn_at is null;
comment on table data_request is '[person] Requests to delete the account''s data (NĐ 356/2025/NĐ-CP, art. 5), with their clocks and what came of them.';
comment on column data_request.says is 'personal: in the person''s words';
comment on column data_request.answer_by is 'Last day for the first answer: two working days';
comment on column data_request.due_on is 'Last day for the deed: twenty days';
