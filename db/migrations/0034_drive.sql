-- The roll-out: units and their people, as the letter 330/UBND-VX orders it of offices, enterprises and communes.

create table drive_unit (
  unit_code text not null,
  kind text not null,
  name text not null,
  folded_name text not null,
  parent_code text,
  office_code text not null,
  province_code text not null,
  commune_code text,
  employer_code text,
  headcount integer,
  headcount_source text,
  valid_from date not null,
  valid_to date,
  constraint drive_unit_pk primary key (unit_code),
  constraint drive_unit_kind_known check (kind in ('province', 'district', 'commune', 'hamlet', 'agency', 'enterprise', 'school')),
  constraint drive_unit_parent foreign key (parent_code) references drive_unit (unit_code),
  constraint drive_unit_not_its_own_parent check (parent_code is distinct from unit_code),
  constraint drive_unit_office foreign key (office_code) references bhxh_office (office_code),
  constraint drive_unit_employer foreign key (employer_code) references employer (unit_code),
  constraint drive_unit_headcount_says_source check ((headcount is null) = (headcount_source is null) and (headcount is null or headcount >= 0)),
  constraint drive_unit_ends_after_start check (valid_to is null or valid_to >= valid_from - 1)
);
create index drive_unit_by_parent on drive_unit (parent_code) where parent_code is not null;
create index drive_unit_by_office on drive_unit (office_code);
comment on table drive_unit is '[local] Who takes part in the roll-out: communes and hamlets, agencies, enterprises, schools, under the districts and provinces of their date.';
comment on column drive_unit.office_code is 'The BHXH office that serves the unit';
comment on column drive_unit.employer_code is 'The unit as participation knows it, where it is an employer';
comment on column drive_unit.headcount is 'How many people the unit has to reach, as it said itself or an office counted; the roster counts apart';

create table roster_person (
  unit_code text not null,
  line_id uuid not null,
  full_name text not null,
  folded_name text not null,
  birth_date date,
  number_typed text,
  phone text,
  people_group text,
  has_smartphone boolean,
  match text not null,
  person_id bigint,
  joined_at timestamptz not null,
  left_at timestamptz,
  declared_at timestamptz,
  handed_in_at timestamptz,
  approved_at timestamptz,
  signed_in_at timestamptz,
  installed_at timestamptz,
  not_yet_reason text,
  helper_id bigint,
  note text,
  constraint roster_person_pk primary key (unit_code, line_id),
  constraint roster_person_of_unit foreign key (unit_code) references drive_unit (unit_code),
  constraint roster_person_helper foreign key (helper_id) references staff (staff_id),
  constraint roster_person_match_known check (match in ('found', 'differs', 'several', 'none')),
  constraint roster_person_found_has_person check ((match in ('found', 'differs')) = (person_id is not null)),
  constraint roster_person_group_known check (people_group in ('official', 'worker', 'pupil', 'household', 'pensioner', 'other')),
  constraint roster_person_left_after_joining check (left_at is null or left_at >= joined_at)
);
create unique index roster_person_once on roster_person (unit_code, person_id) where left_at is null and person_id is not null;
create index roster_person_by_person on roster_person (person_id) where person_id is not null;
create index roster_person_by_name on roster_person (unit_code, folded_name) where left_at is null;
comment on table roster_person is '[local] A unit''s list of its own people and how far each has come. Never pay, never health.';
comment on column roster_person.full_name is 'personal: as the unit wrote it';
comment on column roster_person.birth_date is 'personal: as the unit wrote it';
comment on column roster_person.number_typed is 'personal: BHXH number, ĐDCN or CCCD as the unit wrote it';
comment on column roster_person.phone is 'personal: as the unit wrote it';
comment on column roster_person.match is 'found: name, birth date and number agree with one person of the register; differs: one person, something differs; several, none: the unit or the office must say who';
comment on column roster_person.declared_at is 'First confirmed form 01 of the person; the five moments are counted apart and never mixed';
comment on column roster_person.handed_in_at is 'The signed form was received at an office';
comment on column roster_person.approved_at is 'The account was issued';
comment on column roster_person.signed_in_at is 'First sign-in';
comment on column roster_person.installed_at is 'The installed app told of itself';
comment on column roster_person.not_yet_reason is 'personal: why not yet, in the coordinator''s words';
comment on column roster_person.note is 'personal';
