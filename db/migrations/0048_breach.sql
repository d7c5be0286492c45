-- A breach of personal data: what happened, whom it touched, its clocks, and who was told.

create table breach (
  breach_id uuid not null,
  code text not null,
  detected_at timestamptz not null,
  from_at timestamptz not null,
  to_at timestamptz not null,
  is_serious boolean not null,
  search jsonb not null,
  what text not null,
  cause text not null,
  measures text not null,
  contact text not null,
  opened_at timestamptz not null,
  opened_by bigint not null,
  notify_by timestamptz not null,
  cyber_by timestamptz not null,
  tell_by timestamptz not null,
  notified_at timestamptz,
  notified_as text,
  cyber_notified_at timestamptz,
  cyber_notified_as text,
  approved_at timestamptz,
  approved_by bigint,
  told_at timestamptz,
  constraint breach_pk primary key (breach_id),
  constraint breach_code_unique unique (code),
  constraint breach_opened_by foreign key (opened_by) references staff (staff_id),
  constraint breach_approved_by foreign key (approved_by) references staff (staff_id),
  constraint breach_two_persons check (approved_by <> opened_by),
  constraint breach_window check (from_at < to_at),
  constraint breach_approved_whole check ((approved_at is null) = (approved_by is null)),
  constraint breach_told_after_approval check (told_at is null or approved_at is not null)
);
create index breach_open on breach (notify_by) where notified_at is null or cyber_notified_at is null or told_at is null;
comment on table breach is '[local] Breaches of personal data (Luật 91/2025/QH15, art. 23): facts, clocks, and when each was answered. Never deleted by a period: at least five years.';
comment on column breach.search is 'What was looked for in the record of looks: ids of members, actions, tables; nothing of a person';
comment on column breach.what is 'In the words of who opened it: no name and no illness';
comment on column breach.notified_as is 'Number under which the authority took it';

create table breach_subject (
  breach_id uuid not null,
  person_id bigint not null default 0,
  declaration_id bigint not null default 0,
  kinds jsonb not null,
  first_at timestamptz not null,
  last_at timestamptz not null,
  times integer not null,
  constraint breach_subject_pk primary key (breach_id, person_id, declaration_id),
  constraint breach_subject_of_breach foreign key (breach_id) references breach (breach_id),
  constraint breach_subject_is_one check ((person_id = 0) <> (declaration_id = 0))
);
create index breach_subject_by_person on breach_subject (person_id);
comment on table breach_subject is '[local] Whom a breach touched: a person of the register, or the declarer of a file that belongs to none yet.';
comment on column breach_subject.person_id is '0: a file''s declarer, see declaration_id';
comment on column breach_subject.kinds is 'Kinds of data, as src/breach/rules-kinds.ts names them';
