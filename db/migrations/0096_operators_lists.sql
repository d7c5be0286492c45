-- What an operator entered into a dated list, or struck out of it: the lists of a release pass these rows by.
create table reference_change (
  list text not null,
  key text not null,
  is_struck boolean not null,
  entered jsonb,
  reason text not null,
  changed_by text not null,
  changed_at timestamptz not null,
  constraint reference_change_pk primary key (list, key),
  constraint reference_change_list_known check (list in
    ('public_holiday', 'public_holiday_year', 'base_wage', 'code_list_entry')),
  constraint reference_change_entered_or_struck check (is_struck = (entered is null))
);
comment on table reference_change is '[reference] Rows of dated lists that an operator entered or struck out; a release changes none of them.';
comment on column reference_change.key is 'The key of the row, as a JSON array of texts';
comment on column reference_change.entered is 'The row as it was entered; null: it was struck out';
comment on column reference_change.changed_by is 'Whose decision: document or person';

-- Days of a year may be entered one by one before its table is said to be complete.
alter table public_holiday drop constraint public_holiday_in_year;
comment on table public_holiday_year is '[reference] Years whose holiday table is complete. In a year that is not here no file lapses.';
