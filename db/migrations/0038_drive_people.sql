-- What took over a unit of the roll-out, and who was invited to run it there.

create table drive_unit_successor (
  unit_code text not null,
  successor_code text not null,
  constraint drive_unit_successor_pk primary key (unit_code, successor_code),
  constraint drive_unit_successor_old foreign key (unit_code) references drive_unit (unit_code),
  constraint drive_unit_successor_new foreign key (successor_code) references drive_unit (unit_code),
  constraint drive_unit_successor_is_another check (successor_code <> unit_code)
);
create index drive_unit_successor_by_new on drive_unit_successor (successor_code);
comment on table drive_unit_successor is '[local] What became of an ended unit: a district of 2021 and the communes of 01/07/2025.';

create table drive_invitation (
  invitation_id uuid not null,
  unit_code text not null,
  full_name text not null,
  phone text,
  email text,
  code_mark bytea not null,
  sent_no smallint not null default 1,
  invited_by bigint not null,
  invited_at timestamptz not null,
  ends_at timestamptz not null,
  withdrawn_at timestamptz,
  withdrawn_by bigint,
  accepted_at timestamptz,
  staff_id bigint,
  constraint drive_invitation_pk primary key (invitation_id),
  constraint drive_invitation_of_unit foreign key (unit_code) references drive_unit (unit_code),
  constraint drive_invitation_inviter foreign key (invited_by) references staff (staff_id),
  constraint drive_invitation_withdrawer foreign key (withdrawn_by) references staff (staff_id),
  constraint drive_invitation_became foreign key (staff_id) references staff (staff_id),
  constraint drive_invitation_code_once unique (code_mark),
  constraint drive_invitation_goes_one_way check ((phone is null) <> (email is null)),
  constraint drive_invitation_withdrawn_whole check ((withdrawn_at is null) = (withdrawn_by is null)),
  constraint drive_invitation_accepted_whole check ((accepted_at is null) = (staff_id is null)),
  constraint drive_invitation_ends_once check (withdrawn_at is null or accepted_at is null)
);
create unique index drive_invitation_one_open on drive_invitation (unit_code, coalesce(phone, email)) where withdrawn_at is null and accepted_at is null;
create index drive_invitation_by_unit on drive_invitation (unit_code, invited_at);
comment on table drive_invitation is '[local] Who invited whom to coordinate which unit, and what came of it.';
comment on column drive_invitation.full_name is 'personal';
comment on column drive_invitation.phone is 'personal';
comment on column drive_invitation.email is 'personal';
comment on column drive_invitation.code_mark is 'Keyed mark of the single-use code; sending again draws another code';
