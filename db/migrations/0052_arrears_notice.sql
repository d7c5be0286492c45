-- The notice of the 10th: how far each month's has come.

create table arrears_run (
  month date not null,
  begun_at timestamptz not null,
  after_person bigint not null default 0,
  told integer not null default 0,
  finished_at timestamptz,
  constraint arrears_run_pk primary key (month),
  constraint arrears_run_first_day check (extract(day from month) = 1)
);
comment on table arrears_run is '[local] Monthly notice of unpaid months, one row a month: persons up to after_person have been told.';
