-- Where a unit of the roll-out stood before: figures of a past day use the tree of that day.

create table drive_unit_past_parent (
  unit_code text not null,
  valid_to date not null,
  parent_code text,
  constraint drive_unit_past_parent_pk primary key (unit_code, valid_to),
  constraint drive_unit_past_parent_of_unit foreign key (unit_code) references drive_unit (unit_code),
  constraint drive_unit_past_parent_parent foreign key (parent_code) references drive_unit (unit_code),
  constraint drive_unit_past_parent_not_its_own check (parent_code is distinct from unit_code)
);
create index drive_unit_past_parent_by_parent on drive_unit_past_parent (parent_code) where parent_code is not null;
comment on table drive_unit_past_parent is '[local] What a unit stood under until a day, from the day after the row before on. Since the last row it stands under drive_unit.parent_code; a unit without rows always has.';
comment on column drive_unit_past_parent.valid_to is 'The last day, counted';
comment on column drive_unit_past_parent.parent_code is 'Null: it stood on top';

create view drive_unit_standing as
  select unit_code, parent_code,
         daterange(lag(valid_to) over (partition by unit_code order by valid_to) + 1, valid_to + 1) as during
    from drive_unit_past_parent
  union all
  select u.unit_code, u.parent_code, daterange(before.last_day + 1, null)
    from drive_unit u
    left join (select unit_code, max(valid_to) as last_day from drive_unit_past_parent group by 1) as before
      on before.unit_code = u.unit_code;
comment on view drive_unit_standing is 'What each unit stands under, and on which days: every day has just one row a unit, also those before its first and after its last.';
