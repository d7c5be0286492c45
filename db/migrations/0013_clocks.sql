-- Reminders before the last day, last days that move, declaring again, and the promise of fifteen minutes.

create table declaration_reminder (
  declaration_id bigint not null,
  last_day date not null,
  days_before smallint not null,
  decided_at timestamptz not null,
  constraint declaration_reminder_pk primary key (declaration_id, last_day, days_before),
  constraint declaration_reminder_of_declaration foreign key (declaration_id) references declaration (declaration_id)
);
comment on table declaration_reminder is '[local] One row a reminder that was decided: two sweeps at once meet in its key. A last day that moves begins anew.';
comment on column declaration_reminder.days_before is 'Which reminder: so many days before the last day, as the policy says';

create table declaration_move (
  declaration_id bigint not null,
  move_no smallint not null,
  from_at timestamptz not null,
  to_at timestamptz not null,
  moved_at timestamptz not null,
  constraint declaration_move_pk primary key (declaration_id, move_no),
  constraint declaration_move_of_declaration foreign key (declaration_id) references declaration (declaration_id),
  constraint declaration_move_moves check (from_at <> to_at)
);
comment on table declaration_move is '[local] A holiday entered or struck out after confirmation moved the last day: from when, to when.';

alter table declaration add column again_of bigint;
create index declaration_by_origin on declaration (again_of) where again_of is not null;
create index declaration_by_reception on declaration (received_at) where received_at is not null;
comment on column declaration.again_of is 'The ended declaration whose answers this one began with';

alter table notice
  drop constraint notice_state_known,
  add constraint notice_state_known check (state in ('queued', 'sending', 'unknown', 'sent', 'delivered', 'failed', 'overtaken')),
  drop constraint notice_failed_has_end,
  add constraint notice_failed_has_end check ((state in ('failed', 'overtaken')) = (ended_at is not null));
alter table notice_attempt
  drop constraint notice_attempt_outcome_known,
  add constraint notice_attempt_outcome_known check (outcome in ('accepted', 'refused', 'later', 'throttled', 'unknown', 'overtaken'));

create view outcome_promise as
  select d.declaration_id, d.code, d.office_code, d.status, d.received_at, d.notice_due_at as due_at, d.decided_at,
         (select min(n.sent_at) from notice n
           where n.declaration_id = d.declaration_id and n.class = 'outcome' and n.state in ('sent', 'delivered')) as told_at
    from declaration d
   where d.received_at is not null;
comment on view outcome_promise is '[local] Per received file: when the office had it complete, by when the result is due, when the first way took it.';
