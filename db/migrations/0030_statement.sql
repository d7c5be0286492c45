-- Papers of one's own record, with a code by which a third party sees whether one is genuine.

create table statement (
  person_id bigint not null,
  statement_id uuid not null,
  kind text not null,
  year smallint,
  made_at timestamptz not null,
  made_by bigint,
  expires_on date not null,
  withdrawn_at timestamptz,
  code_end text not null,
  code_mark bytea not null,
  sealed_figures bytea not null,
  pdf_sha256 bytea not null,
  checks integer not null default 0,
  checked_at timestamptz,
  constraint statement_pk primary key (person_id, statement_id),
  constraint statement_of_person foreign key (person_id) references person (person_id),
  constraint statement_kind_known check (kind in ('participation', 'visits')),
  constraint statement_year_of_visits check ((kind = 'visits') = (year is not null)),
  constraint statement_checked_says_when check ((checks = 0) = (checked_at is null))
);
create index statement_by_person on statement (person_id, made_at desc);
comment on table statement is '[person] Papers of one''s own record that were made: what is needed to say that one is genuine. The paper itself is not kept.';
comment on column statement.made_by is 'The guardian who made it for a ward; null: the person themselves';
comment on column statement.expires_on is 'Last day on which the check answers';
comment on column statement.code_end is 'Last four signs of the check code, for the person''s own list; the rest is on the paper only';
comment on column statement.code_mark is 'Keyed mark of the check code';
comment on column statement.sealed_figures is 'personal: masked name and number, and the totals that the check shows; sealed';
comment on column statement.pdf_sha256 is 'Of the file as it was given out: a file that was altered is found';

create table statement_code (
  code_mark bytea not null,
  person_id bigint not null,
  statement_id uuid not null,
  constraint statement_code_pk primary key (code_mark)
);
create index statement_code_by_person on statement_code (person_id);
comment on table statement_code is '[key] Keyed mark of a check code → the paper.';
