-- The campaign of a unit: texts on the loudspeaker, posters that count their scans, days with a desk.

create table broadcast (
  broadcast_id uuid not null,
  unit_code text not null,
  length text not null,
  planned_at timestamptz not null,
  planned_by bigint not null,
  cancelled_at timestamptz,
  aired_at timestamptz,
  aired_seconds integer,
  announcer text,
  noted_by bigint,
  constraint broadcast_pk primary key (broadcast_id),
  constraint broadcast_of_unit foreign key (unit_code) references drive_unit (unit_code),
  constraint broadcast_planner foreign key (planned_by) references staff (staff_id),
  constraint broadcast_noter foreign key (noted_by) references staff (staff_id),
  constraint broadcast_length_known check (length in ('short', 'long')),
  constraint broadcast_aired_whole check ((aired_at is null) = (aired_seconds is null) and (aired_at is null) = (announcer is null) and (aired_at is null) = (noted_by is null)),
  constraint broadcast_seconds_sane check (aired_seconds between 1 and 3600),
  constraint broadcast_ends_once check (cancelled_at is null or aired_at is null)
);
create index broadcast_by_unit on broadcast (unit_code, planned_at);
comment on table broadcast is '[local] The text on a unit''s loudspeaker: when it was to be read, and when, by whom and how long it really was.';
comment on column broadcast.announcer is 'personal: who read it, as the unit wrote it';

create table poster_mark (
  mark text not null,
  unit_code text not null,
  paper text not null,
  made_at timestamptz not null,
  constraint poster_mark_pk primary key (mark),
  constraint poster_mark_of_unit foreign key (unit_code) references drive_unit (unit_code),
  constraint poster_mark_paper_known check (paper in ('poster', 'leaflet')),
  constraint poster_mark_once unique (unit_code, paper)
);
comment on table poster_mark is '[local] The short address that the QR code on a unit''s poster or leaflet holds.';

create table poster_scan (
  mark text not null,
  on_day date not null,
  scans integer not null,
  constraint poster_scan_pk primary key (mark, on_day),
  constraint poster_scan_of_mark foreign key (mark) references poster_mark (mark),
  constraint poster_scan_counts check (scans > 0)
);
comment on table poster_scan is '[local] How often a short address was opened on a day. Nothing of who opened it.';

create table desk_day (
  desk_id uuid not null,
  unit_code text not null,
  on_day date not null,
  from_minute smallint not null,
  to_minute smallint not null,
  place text not null,
  planned_by bigint not null,
  planned_at timestamptz not null,
  last_no smallint not null default 0,
  cancelled_at timestamptz,
  constraint desk_day_pk primary key (desk_id),
  constraint desk_day_of_unit foreign key (unit_code) references drive_unit (unit_code),
  constraint desk_day_planner foreign key (planned_by) references staff (staff_id),
  constraint desk_day_hours check (from_minute >= 0 and from_minute < to_minute and to_minute <= 1440),
  constraint desk_day_numbers check (last_no between 0 and 999)
);
create index desk_day_by_unit on desk_day (unit_code, on_day);
comment on table desk_day is '[local] A day on which the unit helps people at a desk: where, from when to when (minutes of the day), and the last number given.';

create table desk_number (
  desk_id uuid not null,
  no smallint not null,
  given_at timestamptz not null,
  given_by bigint not null,
  constraint desk_number_pk primary key (desk_id, no),
  constraint desk_number_of_desk foreign key (desk_id) references desk_day (desk_id),
  constraint desk_number_giver foreign key (given_by) references staff (staff_id)
);
comment on table desk_number is '[local] Numbers given to those who walked in. A number names nobody.';
