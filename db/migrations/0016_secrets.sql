-- The life of passwords, and what messages that carry a secret may cost.

alter table account
  add column password_warned_days smallint,
  add column limited_until timestamptz;
create index account_by_password_day on account (password_set_on) where password_kind = 'chosen';
comment on column account.password_kind is 'issued: an activation code, opens the change page only; chosen: by the person';
comment on column account.issued_until is 'End of life of an activation code';
comment on column account.password_warned_days is 'The last warning that went out for the present password: days before its end';
comment on column account.limited_until is 'The password was set again by SMS alone: until then no change of contact and no act for others';

create table code_message (
  message_id uuid not null,
  subject_mark bytea not null,
  recipient_mark bytea not null,
  block_mark bytea,
  is_sent boolean not null,
  sent_at timestamptz not null,
  constraint code_message_pk primary key (message_id)
);
create index code_message_by_subject on code_message (subject_mark, sent_at);
create index code_message_by_recipient on code_message (recipient_mark, sent_at);
create index code_message_by_block on code_message (block_mark, sent_at) where is_sent;
create index code_message_by_age on code_message (sent_at) where is_sent;
comment on table code_message is '[local] Messages that carried a secret, for the budgets of each person, telephone, block of numbers and of all.';
comment on column code_message.message_id is 'Of a one-time code: its code_id';
comment on column code_message.subject_mark is 'Whose daily budget: keyed mark of person, file or typed number';
comment on column code_message.recipient_mark is 'Keyed mark of telephone or address';
comment on column code_message.block_mark is 'Keyed mark of the thousand numbers that a telephone belongs to';
comment on column code_message.is_sent is 'False: nobody has that number; counted against its asker only';

insert into code_message (message_id, subject_mark, recipient_mark, is_sent, sent_at)
select code_id, subject_mark, recipient_mark, true, created_at from one_time_code;

alter table one_time_code
  drop column subject_mark,
  drop column recipient_mark,
  drop column if exists block_mark,
  add column person_id bigint;
create index one_time_code_by_person on one_time_code (person_id) where used_at is null;
comment on column one_time_code.person_id is 'Whose account it opens; null where that is not yet known, or nobody has the number';

create table resume_window (
  code_mark bytea not null,
  failed smallint not null,
  closed_until timestamptz,
  touched_at timestamptz not null,
  constraint resume_window_pk primary key (code_mark),
  constraint resume_window_failed check (failed between 0 and 10)
);
create index resume_window_by_age on resume_window (touched_at);
comment on table resume_window is '[local] Wrong birth dates given with a code since the last right one. A code that no file has is counted like any other, so neither the answer nor its time tells which it is.';
comment on column resume_window.code_mark is 'Keyed mark of the code as typed';

alter table declaration drop column failed_resumes, drop column resume_closed_until;

drop table recovery_request;
update notice set template = 'one_time_code', fields = fields || '{"what": "đặt lại mật khẩu"}' where template = 'recovery_code';
update notice set fields = fields || jsonb_build_object(
    'until', coalesce(to_char(account.issued_until at time zone 'Asia/Ho_Chi_Minh', 'HH24:MI DD/MM/YYYY'), '-'))
  from account
 where notice.template = 'declaration_accepted' and account.person_id = notice.person_id;
