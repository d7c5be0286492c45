-- Providers that take a message and never deliver it: no receipt in time is seen, and told again through another one.

alter table notice
  add column awaits_receipt boolean not null default false,
  add column unconfirmed_at timestamptz,
  add column repeat_of bigint,
  add constraint notice_repeat_of_notice foreign key (repeat_of) references notice (notice_id),
  add constraint notice_receipt_awaited_while_sent check (not awaits_receipt or state = 'sent'),
  drop constraint notice_secret_ends_with_sending,
  add constraint notice_secret_ends_with_sending
    check (state not in ('sent', 'delivered') or awaits_receipt or sealed_fields is null);
create index notice_awaits_receipt on notice (sent_at) where awaits_receipt;
create index notice_unconfirmed on notice (unconfirmed_at) where unconfirmed_at is not null;
create index notice_repeats on notice (repeat_of) where repeat_of is not null;
comment on column notice.sealed_fields is 'secret: values that must not be readable (a one-time password); wiped once sent, or once nothing is waited for that could make it be told again';
comment on column notice.awaits_receipt is 'Taken by a provider that reports delivery, and no report yet';
comment on column notice.unconfirmed_at is 'When the wait for the report of delivery was over';
comment on column notice.repeat_of is 'The message of which this is the second copy, through another provider';
