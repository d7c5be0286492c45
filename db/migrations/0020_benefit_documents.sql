-- Papers on which benefits rest: sick leave, discharge, rest in pregnancy … (HSCHUNGTU, TT 25/2025/TT-BYT).

create table benefit_document (
  person_id bigint not null,
  document_id uuid not null,
  kind text not null,
  facility_code text not null,
  serial text,
  issued_on date,
  from_on date,
  to_on date,
  diagnosis text,
  disease_code text,
  unit_name text,
  fields text not null,
  is_sensitive boolean not null default false,
  raw_sha256 bytea not null,
  source_file_id bigint,
  source_record integer,
  constraint benefit_document_pk primary key (person_id, document_id),
  constraint benefit_document_of_person foreign key (person_id) references person (person_id)
);
comment on table benefit_document is '[person] Papers of care facilities for benefits (CT03, CT04, CT06, CT07 …): one row a paper, the same paper sent again is the same row.';
comment on column benefit_document.document_id is 'First 128 bits of SHA-256 of facility, kind and serial number; of the content where there is no number';
comment on column benefit_document.diagnosis is 'sensitive';
comment on column benefit_document.fields is 'sensitive: every field of the paper as it was written, as JSON text; spellings of names differ and are kept';
