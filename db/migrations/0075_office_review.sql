-- The review of rights at the desk (docs/decisions/0073): whoever answers for an office keeps or ends what is held there.

create table office_review (
  office_code text not null,
  review_no integer not null,
  reviewed_at timestamptz not null,
  reviewed_by bigint not null,
  constraint office_review_pk primary key (office_code, review_no),
  constraint office_review_whose unique (office_code, review_no, reviewed_by),
  constraint office_review_office foreign key (office_code) references bhxh_office (office_code),
  constraint office_review_by foreign key (reviewed_by) references staff (staff_id),
  constraint office_review_counted_from_one check (review_no > 0)
);
comment on table office_review is '[local] Reviews of who may do what at an office, numbered by office: when and by whom. Rows are added, never changed.';

create table office_review_line (
  office_code text not null,
  review_no integer not null,
  staff_id bigint not null,
  held text not null,
  reviewed_by bigint not null,
  held_since date not null,
  last_seen_on date,
  factors text[] not null,
  looks integer not null,
  verdict text not null,
  reason text,
  constraint office_review_line_pk primary key (office_code, review_no, staff_id, held),
  constraint office_review_line_of_review foreign key (office_code, review_no, reviewed_by)
    references office_review (office_code, review_no, reviewed_by),
  constraint office_review_line_of_staff foreign key (staff_id) references staff (staff_id),
  constraint office_review_line_two_persons check (reviewed_by <> staff_id),
  constraint office_review_line_verdict_known check (verdict in ('keep', 'end')),
  constraint office_review_line_end_has_reason check ((verdict = 'end') = (reason is not null)),
  constraint office_review_line_reason_has_length check (length(reason) between 10 and 300)
);
comment on table office_review_line is '[local] What was decided about each right, and what the page said of its holder then. Rows are added, never changed.';
comment on column office_review_line.held is 'As staff_review.rights names it: role@office, right:name';
comment on column office_review_line.looks is 'Counted looks at persons in the days before';

do $$
declare
  name text;
begin
  foreach name in array array['vssid_app', 'vssid_citizen', 'vssid_desk'] loop
    if exists (select from pg_roles where rolname = name) then
      execute format('revoke update, delete, truncate on office_review, office_review_line from %I', name);
    end if;
  end loop;
end
$$;
