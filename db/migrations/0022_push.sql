-- Notices on the person's own devices (web push): which devices, and messages to them in the outbox.

alter table session add column device_mark bytea;
comment on column session.device_mark is 'Keyed mark of the device: what was switched on there ends when the session is signed out';

create table push_subscription (
  person_id bigint not null,
  subscription_id uuid not null,
  endpoint_mark bytea not null,
  device_mark bytea not null,
  sealed_subscription bytea not null,
  server_key text not null,
  label text not null,
  created_at timestamptz not null,
  constraint push_subscription_pk primary key (person_id, subscription_id),
  constraint push_subscription_of_account foreign key (person_id) references account (person_id),
  constraint push_subscription_endpoint_once unique (person_id, endpoint_mark)
);
comment on table push_subscription is '[person] Devices on which the person switched notices on; a row that has ended is deleted.';
comment on column push_subscription.endpoint_mark is 'Keyed mark of the address at the push service';
comment on column push_subscription.device_mark is 'Of the session in which it was switched on, see session.device_mark';
comment on column push_subscription.sealed_subscription is 'secret: address at the push service and the device''s keys (RFC 8291)';
comment on column push_subscription.server_key is 'Public key of ours that the device trusts (RFC 8292)';
comment on column push_subscription.label is 'Browser family and system, for the list of devices';

create table push_endpoint (
  endpoint_mark bytea not null,
  person_id bigint not null,
  constraint push_endpoint_pk primary key (endpoint_mark)
);
create index push_endpoint_by_person on push_endpoint (person_id);
comment on table push_endpoint is '[key] Address at the push service → person: one device, one person at a time.';

alter table notice
  drop constraint notice_channel_known,
  add constraint notice_channel_known check (channel in ('sms', 'email', 'push'));

-- The promise is made for SMS and e-mail; a notice on a device comes beside them.
create or replace view outcome_promise as
  select d.declaration_id, d.code, d.office_code, d.status, d.received_at, d.notice_due_at as due_at, d.decided_at,
         (select min(n.sent_at) from notice n
           where n.declaration_id = d.declaration_id and n.class = 'outcome' and n.channel <> 'push'
             and n.state in ('sent', 'delivered')) as told_at
    from declaration d
   where d.received_at is not null;
