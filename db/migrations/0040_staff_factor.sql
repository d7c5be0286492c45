-- Staff sign in with two factors: their passkeys, authenticators and spare codes, and passwords that they choose themselves.

alter table staff
  add column password_kind text not null default 'issued',
  add column email text,
  add constraint staff_password_kind_known check (password_kind in ('issued', 'chosen'));
comment on column staff.password_kind is 'issued: made by the operator, opens the page for a password of one''s own and nothing else';
comment on column staff.email is 'personal: where the member is told of changes to the sign-in; empty: nowhere';

create table staff_password_history (
  staff_id bigint not null,
  set_at timestamptz not null,
  password_hash text not null,
  constraint staff_password_history_pk primary key (staff_id, set_at),
  constraint staff_password_history_of_staff foreign key (staff_id) references staff (staff_id)
);
comment on table staff_password_history is '[local] Hashes of the last passwords of staff, so that none is used again.';
comment on column staff_password_history.password_hash is 'secret: argon2id';

create table staff_passkey (
  credential_id bytea not null,
  staff_id bigint not null,
  public_key bytea not null,
  counter bigint not null,
  transports text[] not null default '{}',
  name text not null,
  created_at timestamptz not null,
  last_used_at timestamptz,
  copied_at timestamptz,
  constraint staff_passkey_pk primary key (credential_id),
  constraint staff_passkey_of_staff foreign key (staff_id) references staff (staff_id),
  constraint staff_passkey_name_has_length check (length(name) between 1 and 40)
);
create index staff_passkey_by_staff on staff_passkey (staff_id);
comment on table staff_passkey is '[local] Public halves of the passkeys of staff: the second factor after the password.';
comment on column staff_passkey.copied_at is 'Its counter ran backwards: somebody has a copy, and it opens nothing any more';

create table staff_authenticator (
  staff_id bigint not null,
  sealed_secret bytea,
  next_secret bytea,
  confirmed_at timestamptz,
  last_step bigint not null default 0,
  last_used_at timestamptz,
  constraint staff_authenticator_pk primary key (staff_id),
  constraint staff_authenticator_of_staff foreign key (staff_id) references staff (staff_id),
  constraint staff_authenticator_confirmed check ((sealed_secret is null) = (confirmed_at is null))
);
comment on table staff_authenticator is '[local] Application of a member of staff that shows six digits every thirty seconds (RFC 6238).';
comment on column staff_authenticator.sealed_secret is 'secret: sealed by the vault';
comment on column staff_authenticator.next_secret is 'secret: sealed by the vault; waits for its first right digits, then takes the place of the other';
comment on column staff_authenticator.last_step is 'The latest step that was used: the same digits do not open twice';

create table staff_spare_code (
  staff_id bigint not null,
  code_mark bytea not null,
  used_at timestamptz,
  constraint staff_spare_code_pk primary key (staff_id, code_mark),
  constraint staff_spare_code_of_staff foreign key (staff_id) references staff (staff_id)
);
comment on table staff_spare_code is '[local] Codes on paper in the place of a member''s second factor, once each.';
