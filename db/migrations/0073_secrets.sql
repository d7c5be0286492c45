-- VSSID_SECRET can be turned over (docs/decisions/0070): which secrets stood in front, from when to when, and the codes of
-- receipts, which must be found and printed again when the secret from which they came is gone.

create table marking_secret (
  key_id text not null,
  first_front_at timestamptz not null,
  last_front_at timestamptz not null,
  constraint marking_secret_pk primary key (key_id),
  constraint marking_secret_in_order check (first_front_at <= last_front_at)
);
comment on table marking_secret is '[local] Secrets that stood in front in some process: what was marked later than the last moment is marked with another.';
comment on column marking_secret.key_id is 'Name of the secret; says nothing of it';

create table letter_receipt_code (
  check_mark bytea not null,
  addressee_id uuid not null,
  sealed_code bytea not null,
  made_at timestamptz not null,
  constraint letter_receipt_code_pk primary key (check_mark),
  constraint letter_receipt_code_of_receipt foreign key (addressee_id) references letter_receipt (addressee_id)
);
create index letter_receipt_code_by_addressee on letter_receipt_code (addressee_id);
comment on table letter_receipt_code is '[local] The code of a printed receipt, marked anew under a later secret. Rows are added and never changed.';
comment on column letter_receipt_code.sealed_code is 'The code itself, sealed under the addressee: to be printed again and marked again';
do $$
begin
  if exists (select from pg_roles where rolname = 'vssid_app') then
    revoke update, delete, truncate on letter_receipt_code from vssid_app;
  end if;
  if exists (select from pg_roles where rolname = 'vssid_citizen') then
    revoke all on marking_secret from vssid_citizen;
    revoke update, delete, truncate on letter_receipt_code from vssid_citizen;
  end if;
  if exists (select from pg_roles where rolname = 'vssid_desk') then
    revoke all on marking_secret from vssid_desk;
    revoke update, delete, truncate on letter_receipt_code from vssid_desk;
  end if;
end $$;
