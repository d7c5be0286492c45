-- Offices come in as a table of their own, and say whether forms are handed in there.
alter table source_file
  drop constraint source_file_kind_known,
  add constraint source_file_kind_known check (kind in
    ('claims', 'documents', 'participation', 'persons', 'cards', 'benefits', 'facilities', 'units', 'offices'));

alter table bhxh_office add column takes_files boolean not null default true;
comment on column bhxh_office.takes_files is 'May somebody choose it to hand a form in? An office that ended is not asked.';
