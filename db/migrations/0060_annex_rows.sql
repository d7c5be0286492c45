-- Rejected rows of the annex of household members are kept like those of the sheet before it.
alter table import_reject_row
  drop constraint import_reject_row_layout_known,
  add constraint import_reject_row_layout_known check (layout in ('own', 'd02', 'annex'));
comment on column import_reject_row.layout is 'own: columns of docs/formats; d02: the sheet of D02-LT and TK1-TS; annex: its sheet of household members';
