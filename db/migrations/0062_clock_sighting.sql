-- When the clock was last believed: what ends by time is held back where the present one does not follow from it.

create table clock_sighting (
  one boolean not null default true,
  seen_at timestamptz not null,
  boot text not null,
  uptime_seconds double precision not null,
  constraint clock_sighting_pk primary key (one),
  constraint clock_sighting_one check (one)
);
comment on table clock_sighting is '[local] The last time that was believed, with the start of the machine (boot) that saw it and how long that had run; one row.';
