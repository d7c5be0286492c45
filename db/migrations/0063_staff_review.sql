-- Idle accounts of staff are stopped, and who holds which right is confirmed each quarter (TCVN 14423:2026).

alter table staff add column last_seen_on date;
alter table staff add column stopped_on date;
comment on column staff.last_seen_on is 'The last whole sign-in, or the day from which it is counted; empty: not counted yet';
comment on column staff.stopped_on is 'Stopped by itself because nobody signed in for so long; empty: never, or taken up again';

create table staff_review (
  staff_id bigint not null,
  reviewed_at timestamptz not null,
  reviewed_by text not null,
  rights text[] not null,
  constraint staff_review_pk primary key (staff_id, reviewed_at),
  constraint staff_review_of_staff foreign key (staff_id) references staff (staff_id),
  constraint staff_review_by_somebody check (reviewed_by <> ''),
  constraint staff_review_of_something check (cardinality(rights) > 0)
);
comment on table staff_review is '[local] Who confirmed which rights of a member of staff, and when. Rows are added, never changed.';
comment on column staff_review.rights is 'As they were held then: role@office, role@unit, right:name';
