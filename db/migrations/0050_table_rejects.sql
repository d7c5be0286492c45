-- Rejected rows of tables: kept, mended one by one, and run again alone.

create table import_reject_row (
  file_id bigint not null,
  record_no integer not null,
  line integer,
  layout text not null,
  sealed bytea not null,
  kept_at timestamptz not null,
  mended_at timestamptz,
  mended_by bigint,
  constraint import_reject_row_pk primary key (file_id, record_no),
  constraint import_reject_row_of_file foreign key (file_id) references source_file (file_id) on delete cascade,
  constraint import_reject_row_of_staff foreign key (mended_by) references staff (staff_id),
  constraint import_reject_row_layout_known check (layout in ('own', 'd02')),
  constraint import_reject_row_mended_whole check ((mended_at is null) = (mended_by is null))
);
comment on table import_reject_row is '[local] Rejected rows of tables, sealed, so that they alone can be mended and run again; gone once taken, or after the days of intake.kept_days.';
comment on column import_reject_row.sealed is 'sealed: the cells that were read, by column';
comment on column import_reject_row.layout is 'own: columns of docs/formats; d02: the sheet of D02-LT and TK1-TS';

alter table source_file add column rerun_at timestamptz, add column rerun_taken integer;
comment on column source_file.rerun_taken is 'Of the latest second run of its rejects';

alter table staff_right
  drop constraint staff_right_known,
  add constraint staff_right_known check (name in ('claims', 'hiv', 'rows'));
comment on table staff_right is '[local] Rights beyond a role, each given to one person: claims opens what a claim says of care; hiv opens, beside it, XML6 and claims with HIV codes (NĐ 356/2025 art. 4); rows opens what rejected rows of tables say of persons.';
