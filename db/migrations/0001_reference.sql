-- Places, offices, employers, facilities, code lists: all dated, never deleted, only ended.
-- Table comments begin with how a table is spread when PostgreSQL runs with Citus:
-- [reference] copied to every node, [person] by person_id, [key] by its key, [local] on the coordinator.

create table admin_unit (
  level text not null,
  code text not null,
  valid_from date not null,
  valid_to date,
  name text not null,
  folded_name text not null,
  parent_level text,
  parent_code text,
  source text not null,
  constraint admin_unit_pk primary key (level, code, valid_from),
  constraint admin_unit_level_known check (level in ('province', 'district', 'commune')),
  constraint admin_unit_ends_after_start check (valid_to is null or valid_to >= valid_from)
);
create index admin_unit_by_parent on admin_unit (parent_code, level);
create index admin_unit_by_folded_name on admin_unit (folded_name text_pattern_ops);
comment on table admin_unit is '[reference] Administrative units through time. A code alone is not a unit: 52 was Bình Định to 30/06/2025 and is Gia Lai since.';
comment on column admin_unit.folded_name is 'Name without marks, lower case: search';

create table admin_unit_successor (
  level text not null,
  code text not null,
  valid_from date not null,
  successor_code text not null,
  successor_valid_from date not null,
  constraint admin_unit_successor_pk primary key (level, code, valid_from, successor_code, successor_valid_from),
  constraint admin_unit_successor_old foreign key (level, code, valid_from) references admin_unit (level, code, valid_from),
  constraint admin_unit_successor_new foreign key (level, successor_code, successor_valid_from) references admin_unit (level, code, valid_from)
);
comment on table admin_unit_successor is '[reference] What became of an ended unit; several rows where it was split.';

create table bhxh_office (
  office_code text not null,
  kind text not null,
  name text not null,
  folded_name text not null,
  parent_code text,
  province_code text not null,
  commune_code text,
  address text not null,
  phone text not null,
  opening_hours text not null,
  valid_from date not null,
  valid_to date,
  replaced_by text,
  constraint bhxh_office_pk primary key (office_code),
  constraint bhxh_office_kind_known check (kind in ('province', 'base', 'district')),
  constraint bhxh_office_parent foreign key (parent_code) references bhxh_office (office_code),
  constraint bhxh_office_replacement foreign key (replaced_by) references bhxh_office (office_code)
);
comment on table bhxh_office is '[reference] BHXH offices through time: BHXH huyện to 06/2025, BHXH cơ sở since (QĐ 2286/QĐ-BTC).';

create table bhxh_office_area (
  office_code text not null,
  commune_code text not null,
  constraint bhxh_office_area_pk primary key (office_code, commune_code),
  constraint bhxh_office_area_office foreign key (office_code) references bhxh_office (office_code)
);
create index bhxh_office_area_by_commune on bhxh_office_area (commune_code);
comment on table bhxh_office_area is '[reference] Communes near an office: they come first in the list, any office may be chosen.';

create table facility (
  facility_code text not null,
  valid_from date not null,
  valid_to date,
  name text not null,
  folded_name text not null,
  level text,
  province_code text,
  address text,
  phone text,
  source text not null,
  constraint facility_pk primary key (facility_code, valid_from)
);
comment on table facility is '[reference] Care facilities (cơ sở KCB), five-character code, by date.';

create table employer (
  unit_code text not null,
  name text not null,
  folded_name text not null,
  kind text not null,
  office_code text,
  address text,
  valid_from date not null,
  valid_to date,
  source text not null,
  constraint employer_pk primary key (unit_code),
  constraint employer_kind_known check (kind in ('agency', 'enterprise', 'school', 'commune', 'collector', 'other'))
);
comment on table employer is '[reference] Units that take part: agencies, enterprises, schools, communes.';

create table public_holiday_year (
  year smallint not null,
  source text not null,
  constraint public_holiday_year_pk primary key (year)
);
comment on table public_holiday_year is '[reference] Years whose holiday table is complete. A year that is not here stops the lapsing of files.';

create table public_holiday (
  on_day date not null,
  year smallint not null,
  kind text not null,
  name text not null,
  source text not null,
  constraint public_holiday_pk primary key (on_day),
  constraint public_holiday_in_year foreign key (year) references public_holiday_year (year),
  constraint public_holiday_kind_known check (kind in ('holiday', 'working_weekend'))
);
comment on table public_holiday is '[reference] Paid days off, and weekends made working days in exchange.';

create table base_wage (
  valid_from date not null,
  amount_vnd numeric(15, 0) not null,
  source text not null,
  constraint base_wage_pk primary key (valid_from)
);
comment on table base_wage is '[reference] Lương cơ sở by date: 15 percent and six-month thresholds follow from it.';

create table code_list_entry (
  list text not null,
  code text not null,
  valid_from date not null,
  valid_to date,
  name_vi text not null,
  name_en text not null,
  detail jsonb not null default '{}',
  source text not null,
  constraint code_list_entry_pk primary key (list, code, valid_from)
);
comment on table code_list_entry is '[reference] Code lists by date: care type, entitlement, cost group, object group, benefit level, ethnic group, …';

create table setting (
  name text not null,
  valid_from date not null,
  value jsonb not null,
  changed_by text not null,
  constraint setting_pk primary key (name, valid_from)
);
comment on table setting is '[reference] What an operator may change, by date: facts marked unsourced live here.';
