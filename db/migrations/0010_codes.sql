-- One-time codes: sent to a telephone or address, worth something for one purpose and one request only.

create table one_time_code (
  code_id uuid not null,
  purpose text not null,
  bound_to bytea not null,
  subject_mark bytea not null,
  recipient_mark bytea not null,
  channel text not null,
  code_mark bytea not null,
  created_at timestamptz not null,
  ends_at timestamptz not null,
  tries_left smallint not null,
  proved_at timestamptz,
  used_at timestamptz,
  constraint one_time_code_pk primary key (code_id),
  constraint one_time_code_channel_known check (channel in ('sms', 'email')),
  constraint one_time_code_tries check (tries_left between 0 and 3),
  constraint one_time_code_used_after_proof check (used_at is null or proved_at is not null)
);
create index one_time_code_by_subject on one_time_code (subject_mark, created_at);
create index one_time_code_by_recipient on one_time_code (recipient_mark, created_at);
create index one_time_code_by_request on one_time_code (bound_to);
create index one_time_code_by_age on one_time_code (created_at);
comment on table one_time_code is '[local] Codes of one use. Neither the code nor where it went can be read here: keyed marks only.';
comment on column one_time_code.bound_to is 'Keyed mark of the request that asked: file, session or device; the code opens nothing from another';
comment on column one_time_code.subject_mark is 'Whose budget the code is counted in';
comment on column one_time_code.recipient_mark is 'Telephone or address, for the budget of each';
comment on column one_time_code.code_mark is 'Keyed mark of code_id and code';
comment on column one_time_code.proved_at is 'The right code was given';
comment on column one_time_code.used_at is 'What it was for was done: once';
