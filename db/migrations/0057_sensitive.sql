-- The list of what makes a visit private, kept by the operator.

create table sensitive_mark (
  kind text not null,
  from_code text not null,
  to_code text not null,
  valid_from date not null,
  valid_to date,
  reason text not null,
  source text not null,
  after_person bigint not null default 0,
  passes smallint not null default 0,
  swept_at timestamptz,
  constraint sensitive_mark_pk primary key (kind, from_code, to_code, valid_from),
  constraint sensitive_mark_kind_known check (kind in ('icd', 'drug', 'entitlement', 'accident', 'table')),
  constraint sensitive_mark_in_order check (valid_to is null or valid_to >= valid_from)
);
comment on table sensitive_mark is '[reference] What makes a visit or a paper private (NĐ 356/2025 art. 4), by date: illnesses, drugs, entitlements, accidents, tables. Rows are ended, never deleted.';
comment on column sensitive_mark.to_code is 'Last code of the range; a drug has its name in both';
comment on column sensitive_mark.valid_to is 'Last day in force';
comment on column sensitive_mark.passes is 'How often the record was gone through for this mark: twice, the second time for imports that had begun with the list before';
comment on column sensitive_mark.after_person is 'How far the present pass has come';
