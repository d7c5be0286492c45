-- Rosters: lists that a unit sends of its own people, what was refused of them, and windows at the office for many.

alter table roster_person
  add column birth_precision text,
  add column differs text[] not null default '{}',
  add column upload_id uuid,
  add column left_reason text,
  add constraint roster_person_birth_precision_known check (birth_precision in ('day', 'year')),
  add constraint roster_person_differs_known check (differs <@ array['name', 'birth', 'number', 'number_missing']),
  add constraint roster_person_left_reason_known check (left_reason in ('not_in_list', 'removed'));
create index roster_person_to_match_by_name on roster_person (folded_name)
  where left_at is null and match in ('several', 'none');
create index roster_person_by_number on roster_person (number_typed) where left_at is null and number_typed is not null;
comment on column roster_person.birth_precision is 'year: birth_date is the first of January of the year that was written';
comment on column roster_person.differs is 'Which field is not the register''s, never what the register says; number_missing: the unit wrote none';
comment on column roster_person.upload_id is 'The last list in which this person stood';

create table roster_upload (
  upload_id uuid not null,
  upload_no bigint generated always as identity,
  unit_code text not null,
  file_sha256 bytea not null,
  file_bytes bigint not null,
  sheet_name text,
  sheets_passed text[] not null default '{}',
  headings text[] not null,
  purpose text not null,
  basis text not null,
  is_whole boolean not null,
  uploaded_at timestamptz not null,
  uploaded_by bigint,
  line_count integer not null default 0,
  added integer not null default 0,
  changed integer not null default 0,
  unchanged integer not null default 0,
  refused integer not null default 0,
  hidden integer not null default 0,
  missing integer not null default 0,
  leavers_at timestamptz,
  leavers_by bigint,
  leavers integer,
  constraint roster_upload_pk primary key (upload_id),
  constraint roster_upload_of_unit foreign key (unit_code) references drive_unit (unit_code),
  constraint roster_upload_by_staff foreign key (uploaded_by) references staff (staff_id),
  constraint roster_upload_leavers_by_staff foreign key (leavers_by) references staff (staff_id),
  constraint roster_upload_purpose_known check (purpose in ('rollout')),
  constraint roster_upload_basis_known check (basis in ('duty', 'consent'))
);
create index roster_upload_of_unit_in_order on roster_upload (unit_code, upload_no desc);
comment on table roster_upload is '[local] Lists as they were sent: by whom, what for and on which basis (Luật 91/2025/QH15); the file itself is not kept.';
comment on column roster_upload.basis is 'duty: work that the State ordered of the unit; consent: each person agreed, and the unit keeps the proof';
comment on column roster_upload.uploaded_by is 'null: by the operator''s command';
comment on column roster_upload.is_whole is 'The whole unit: who is missing from it may have left. Else it only adds';
comment on column roster_upload.missing is 'People of the unit who do not stand in this list, to be confirmed as having left';

create table roster_refusal (
  upload_id uuid not null,
  row_no integer not null,
  reason text not null,
  field text,
  other_row integer,
  name text not null,
  folded_name text not null,
  cells text[] not null,
  constraint roster_refusal_pk primary key (upload_id, row_no),
  constraint roster_refusal_of_upload foreign key (upload_id) references roster_upload (upload_id) on delete cascade
);
comment on table roster_refusal is '[local] Lines of a list that were not taken, to be handed back with the reason; forgotten after some days.';
comment on column roster_refusal.cells is 'personal: as the unit wrote them, in the order of the headings';
comment on column roster_refusal.name is 'personal: as the unit wrote it';
comment on column roster_refusal.folded_name is 'personal: whoever stands in a refused line is not missing from the list';

create table roster_appointment (
  appointment_id uuid not null,
  unit_code text not null,
  office_code text not null,
  starts_at timestamptz not null,
  ends_at timestamptz not null,
  people integer not null,
  note text,
  asked_at timestamptz not null,
  asked_by bigint not null,
  withdrawn_at timestamptz,
  constraint roster_appointment_pk primary key (appointment_id),
  constraint roster_appointment_of_unit foreign key (unit_code) references drive_unit (unit_code),
  constraint roster_appointment_at_office foreign key (office_code) references bhxh_office (office_code),
  constraint roster_appointment_by_staff foreign key (asked_by) references staff (staff_id),
  constraint roster_appointment_ends_after_start check (ends_at > starts_at),
  constraint roster_appointment_has_people check (people between 1 and 500)
);
create index roster_appointment_at_office_by_time on roster_appointment (office_code, starts_at) where withdrawn_at is null;
create index roster_appointment_of_unit_by_time on roster_appointment (unit_code, starts_at);
comment on table roster_appointment is '[local] A window of time at an office for so many people of a unit; nobody is named.';

create table roster_follow (
  one boolean not null default true,
  followed_to timestamptz not null,
  constraint roster_follow_pk primary key (one),
  constraint roster_follow_one_row check (one)
);
comment on table roster_follow is '[local] Up to when the five moments of the rosters were followed.';

alter table account add column installed_at timestamptz;
comment on column account.installed_at is 'First sign that the app is on the own telephone: opened from its icon, or the card kept there';
create index account_by_issue on account (activated_at);
create index account_by_first_sign_in on account (first_signed_in_at) where first_signed_in_at is not null;
create index account_by_installation on account (installed_at) where installed_at is not null;
create index declaration_by_confirmation on declaration (confirmed_at) where confirmed_at is not null;
create index declaration_by_matched_person on declaration (matched_person_id) where matched_person_id is not null;
create index person_by_name_and_birth on person (folded_name, birth_on);
