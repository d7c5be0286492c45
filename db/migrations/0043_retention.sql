-- How long classes of data are kept: what holds a deletion back, and what was deleted.

create table retention_hold (
  hold_id uuid not null,
  declaration_id bigint not null,
  person_id bigint,
  reason text not null,
  opened_at timestamptz not null,
  ended_at timestamptz,
  constraint retention_hold_pk primary key (hold_id),
  constraint retention_hold_of_declaration foreign key (declaration_id) references declaration (declaration_id),
  constraint retention_hold_reason_known check (reason in ('investigation', 'complaint', 'lawsuit'))
);
create unique index retention_hold_open on retention_hold (declaration_id) where ended_at is null;
create index retention_hold_by_person on retention_hold (person_id) where ended_at is null;
comment on table retention_hold is '[local] Files and their persons of whom nothing is deleted while an investigation, complaint or lawsuit runs.';

create table retention_proof (
  proof_id bigint generated always as identity,
  class text not null,
  rule_from date not null,
  days integer not null,
  deleted integer not null,
  first_at timestamptz not null,
  last_at timestamptz not null,
  ids_sha256 bytea not null,
  at timestamptz not null,
  constraint retention_proof_pk primary key (proof_id),
  constraint retention_proof_counted check (deleted > 0 and days > 0 and first_at <= last_at)
);
create index retention_proof_by_class on retention_proof (class, at);
comment on table retention_proof is '[local] One row a batch that was deleted by its period; the same stands in the record of deeds, which can only be added to, and is compared with it.';
comment on column retention_proof.rule_from is 'First day of the period that was in force: the version of the rule';
comment on column retention_proof.first_at is 'Oldest and youngest event from which the period of the deleted rows ran';
comment on column retention_proof.ids_sha256 is 'SHA-256 over the ids, sorted, one a line';
