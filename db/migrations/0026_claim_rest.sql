-- What a claim holds beside its costs (XML6–XML15), its earlier versions, who signed its file, and how files come in.

alter table visit add column rest_sha256 bytea;
alter table visit_staging add column rest_sha256 bytea;
comment on column visit.rest_sha256 is 'Of the text of visit_rest; null when the claim has none: tells a change without reading it';

create table visit_rest (
  person_id bigint not null,
  visit_id uuid not null,
  tables text,
  hiv_tables text,
  constraint visit_rest_pk primary key (person_id, visit_id),
  constraint visit_rest_of_person foreign key (person_id) references person (person_id)
);
comment on table visit_rest is '[person] One row a claim that holds more than costs: read only when one visit is looked at.';
comment on column visit_rest.tables is 'sensitive: XML0 and XML7–XML15 as JSON text, {"XML7":[{"FIELD":"value"}]}; empty fields left out';
comment on column visit_rest.hiv_tables is 'sensitive: XML6 in the same form; staff need the right hiv';

create table visit_version (
  like visit including defaults,
  tables text,
  hiv_tables text,
  ended_at timestamptz not null,
  ended_by_file_id bigint not null,
  end_reason text not null,
  constraint visit_version_pk primary key (person_id, visit_id, ended_at, ended_by_file_id),
  constraint visit_version_of_person foreign key (person_id) references person (person_id),
  constraint visit_version_reason_known check (end_reason in ('replaced', 'recalled', 'moved'))
);
comment on table visit_version is '[person] Earlier versions of a claim as they stood: replaced by a re-send, recalled, or moved to the right person. Never changed.';

alter table source_file
  add column signature text,
  add column signature_reason text,
  add column signer_sha256 bytea,
  add column signed_on date,
  add constraint source_file_signature_known
    check (signature in ('none', 'valid', 'invalid', 'unknown_certificate', 'unchecked'));
comment on column source_file.signature is 'CHUKYDONVI (XML-DSig) of a claim file, as it was found on import; its claims point here';
comment on column source_file.signer_sha256 is 'Fingerprint of the certificate in the file, where the signature itself holds';

create table facility_certificate (
  facility_code text not null,
  fingerprint bytea not null,
  subject text not null,
  certificate bytea not null,
  valid_from timestamptz not null,
  valid_to timestamptz not null,
  added_at timestamptz not null,
  ended_at timestamptz,
  constraint facility_certificate_pk primary key (facility_code, fingerprint)
);
comment on table facility_certificate is '[local] Certificates whose signatures an operator trusts for a facility.';

create table facility_token (
  token_id uuid not null,
  facility_code text not null,
  scope text not null,
  token_sha256 bytea not null,
  label text not null,
  created_at timestamptz not null,
  ends_at timestamptz not null,
  stopped_at timestamptz,
  used_at timestamptz,
  constraint facility_token_pk primary key (token_id),
  constraint facility_token_scope_known check (scope in ('upload'))
);
comment on table facility_token is '[local] What a facility may send with; only the hash is kept.';
comment on column facility_token.token_sha256 is 'secret: SHA-256 of the token';

create table facility_upload (
  upload_id uuid not null,
  facility_code text not null,
  token_id uuid not null,
  sha256 bytea not null,
  bytes bigint not null,
  received_at timestamptz not null,
  state text not null,
  file_id bigint,
  taken integer not null default 0,
  unchanged integer not null default 0,
  rejected integer not null default 0,
  flagged integer not null default 0,
  refusal text,
  finished_at timestamptz,
  constraint facility_upload_pk primary key (upload_id),
  constraint facility_upload_with_token foreign key (token_id) references facility_token (token_id),
  constraint facility_upload_state_known check (state in ('waiting', 'taken', 'refused', 'failed'))
);
create index facility_upload_waiting on facility_upload (received_at) where state = 'waiting';
comment on table facility_upload is '[local] Receipts of files that facilities sent over HTTP; the bytes wait in the data folder until they are imported.';

create table import_reject_record (
  file_id bigint not null,
  record_no integer not null,
  line integer not null,
  visit_id uuid not null,
  sealed bytea not null,
  kept_at timestamptz not null,
  constraint import_reject_record_pk primary key (file_id, record_no),
  constraint import_reject_record_of_file foreign key (file_id) references source_file (file_id) on delete cascade
);
create index import_reject_record_of_visit on import_reject_record (visit_id);
comment on table import_reject_record is '[local] Rejected claims as they came, sealed, so that they alone can be run again; gone once taken, or after the days of intake.kept_days.';
comment on column import_reject_record.sealed is 'sealed: the bytes of one HOSO';

create table staff_right (
  staff_id bigint not null,
  name text not null,
  given_at timestamptz not null,
  given_by text not null,
  ended_at timestamptz,
  constraint staff_right_pk primary key (staff_id, name, given_at),
  constraint staff_right_of_staff foreign key (staff_id) references staff (staff_id),
  constraint staff_right_known check (name in ('claims', 'hiv'))
);
comment on table staff_right is '[local] Rights beyond a role, each given to one person: claims opens what a claim says of care; hiv opens, beside it, XML6 and claims with HIV codes (NĐ 356/2025 art. 4).';
