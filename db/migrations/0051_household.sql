-- Households as declared in TK1-TS and its annex of members.

create table household_member (
  household_code text not null,
  member_key text not null,
  full_name text not null,
  folded_name text not null,
  insurance_number text,
  paper_number text,
  birth_on date,
  birth_precision text,
  sex smallint,
  nationality text,
  ethnic_code text,
  relation text,
  relation_code text,
  birth_place text,
  takes_part text,
  note text,
  source_file_id bigint not null,
  source_record integer not null,
  constraint household_member_pk primary key (household_code, member_key),
  constraint household_member_of_file foreign key (source_file_id) references source_file (file_id),
  constraint household_member_precision_known check (birth_precision in ('day', 'month', 'year')),
  constraint household_member_sex_known check (sex in (1, 2, 3))
);
comment on table household_member is '[local] Who was declared to be in which household (TK1-TS, annex of members): as declared, whether or not they stand in the register.';
comment on column household_member.member_key is 'The member''s mã số BHXH, else the number of a paper, else folded name and birth';
comment on column household_member.relation is 'To the head of the household, as written';
