-- Coverage of the roll-out: counts per unit and day, targets with their dates, the report of each week.

create table unit_above (
  unit_code text not null,
  scope_code text not null,
  during daterange not null,
  constraint unit_above_pk primary key (unit_code, scope_code, during),
  constraint unit_above_of_unit foreign key (unit_code) references drive_unit (unit_code)
);
create index unit_above_by_scope on unit_above (scope_code);
comment on table unit_above is '[local] In which counts the people of a unit stand, and on which days: the unit''s own, those of all above it, those of the offices that serve any of these. As last counted.';
comment on column unit_above.scope_code is 'A unit_code, or @ and an office_code';

create table roster_counted (
  unit_code text not null,
  line_id uuid not null,
  person_id bigint,
  joined_on date not null,
  left_on date,
  declared_on date,
  handed_in_on date,
  approved_on date,
  signed_in_on date,
  installed_on date,
  constraint roster_counted_pk primary key (unit_code, line_id),
  constraint roster_counted_of_unit foreign key (unit_code) references drive_unit (unit_code)
);
create index roster_counted_by_person on roster_counted (person_id) where person_id is not null;
comment on table roster_counted is '[local] Each line of a roster as the counts last took it, in days: what changed since is the difference.';

create table unit_day (
  scope_code text not null,
  day date not null,
  people integer not null,
  declared integer not null,
  handed_in integer not null,
  approved integer not null,
  signed_in integer not null,
  installed integer not null,
  constraint unit_day_pk primary key (scope_code, day)
);
comment on table unit_day is '[local] Distinct people of a unit with all under it, or of an office, at the end of a day in Viet Nam, and how many of them had come to each moment. Only days on which something changed have a row.';

create table roll_up (
  single boolean not null default true,
  seen_xid bigint,
  rolled_at timestamptz not null,
  compared_at timestamptz,
  constraint roll_up_pk primary key (single),
  constraint roll_up_one_row check (single)
);
comment on table roll_up is '[local] How far the counts have come.';
comment on column roll_up.seen_xid is 'All transactions below this number are in the counts';
comment on column roll_up.compared_at is 'When all lines were last compared with what was counted';

create table coverage_target (
  target_id bigint generated always as identity,
  scope_code text not null,
  moment text not null,
  percent integer not null,
  due_on date not null,
  set_at timestamptz not null,
  set_by bigint not null,
  constraint coverage_target_pk primary key (target_id),
  constraint coverage_target_by_staff foreign key (set_by) references staff (staff_id),
  constraint coverage_target_moment_known check (moment in ('declared', 'handed_in', 'approved', 'signed_in', 'installed')),
  constraint coverage_target_percent_range check (percent between 1 and 100)
);
create index coverage_target_by_scope on coverage_target (scope_code, moment, set_at);
comment on table coverage_target is '[local] What share of a unit''s people shall have come to a moment by a day. A row is never changed: the latest one of unit and moment holds.';

create table weekly_report (
  report_id uuid not null,
  scope_code text not null,
  week_on date not null,
  made_at timestamptz not null,
  made_by bigint,
  pdf bytea not null,
  constraint weekly_report_pk primary key (report_id),
  constraint weekly_report_by_staff foreign key (made_by) references staff (staff_id)
);
create unique index weekly_report_once on weekly_report (scope_code, week_on) where made_by is null;
create index weekly_report_by_scope on weekly_report (scope_code, made_at desc);
comment on table weekly_report is '[local] The report as it was made: one a week by the schedule, others by hand.';
comment on column weekly_report.week_on is 'The Monday on which it was due';
comment on column weekly_report.made_by is 'Null: the schedule';

create table report_reader (
  scope_code text not null,
  email text not null,
  added_at timestamptz not null,
  added_by bigint not null,
  constraint report_reader_pk primary key (scope_code, email),
  constraint report_reader_by_staff foreign key (added_by) references staff (staff_id)
);
comment on table report_reader is '[local] Who is told by e-mail that the week''s report is there.';
comment on column report_reader.email is 'personal: an address at work';

create table unit_tile (
  unit_code text not null,
  across smallint not null,
  down smallint not null,
  constraint unit_tile_pk primary key (unit_code),
  constraint unit_tile_of_unit foreign key (unit_code) references drive_unit (unit_code),
  constraint unit_tile_range check (across between 0 and 40 and down between 0 and 60)
);
comment on table unit_tile is '[local] Where a unit''s square stands on the tile map, from the left and from above; units without one follow by name.';
