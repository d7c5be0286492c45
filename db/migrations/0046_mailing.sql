-- Message campaigns: who wrote and approved them, whom they reached, who refuses to get any.

create table mailing (
  mailing_id uuid not null,
  office_code text not null,
  unit_code text,
  purpose text not null,
  audience text[] not null,
  template_version integer,
  fields jsonb not null default '{}',
  starts_at timestamptz not null,
  ends_at timestamptz not null,
  written_at timestamptz not null,
  written_by bigint not null,
  decided_at timestamptz,
  decided_by bigint,
  decision text,
  reason text,
  begun_at timestamptz,
  queued_at timestamptz,
  stopped_at timestamptz,
  stopped_by bigint,
  constraint mailing_pk primary key (mailing_id),
  constraint mailing_of_office foreign key (office_code) references bhxh_office (office_code),
  constraint mailing_of_unit foreign key (unit_code) references drive_unit (unit_code),
  constraint mailing_writer foreign key (written_by) references staff (staff_id),
  constraint mailing_decider foreign key (decided_by) references staff (staff_id),
  constraint mailing_stopper foreign key (stopped_by) references staff (staff_id),
  constraint mailing_purpose_known check (purpose in ('finish', 'desk', 'scam')),
  constraint mailing_audience_known check (audience <@ array['to_declare', 'to_hand_in', 'to_sign_in'] and cardinality(audience) > 0),
  constraint mailing_ends_after_start check (ends_at > starts_at),
  constraint mailing_decision_known check (decision in ('approved', 'refused')),
  constraint mailing_decision_whole check ((decided_at is null) = (decided_by is null) and (decided_at is null) = (decision is null)),
  constraint mailing_two_persons check (decided_by <> written_by),
  constraint mailing_stop_whole check ((stopped_at is null) = (stopped_by is null)),
  constraint mailing_begins_approved check (begun_at is null or decision = 'approved'),
  constraint mailing_queued_after_beginning check (queued_at is null or begun_at is not null)
);
create index mailing_of_office_by_time on mailing (office_code, written_at desc);
create index mailing_of_unit_by_time on mailing (unit_code, written_at desc);
create index mailing_due on mailing (starts_at) where decision = 'approved' and queued_at is null and stopped_at is null;
comment on table mailing is '[local] Message campaigns: written by one member of staff, approved by another.';
comment on column mailing.unit_code is 'null: everybody on the rosters of all units that the office serves; else that unit''s own people, and those of its hamlets';
comment on column mailing.audience is 'How far people on the rosters have come; never by health or pay';
comment on column mailing.template_version is 'The words that the approver saw; null: the built-in ones';
comment on column mailing.queued_at is 'Every message of it stood in the outbox';

create table mailing_recipient (
  mailing_id uuid not null,
  unit_code text not null,
  line_id uuid not null,
  result text not null,
  constraint mailing_recipient_pk primary key (mailing_id, unit_code, line_id),
  constraint mailing_recipient_of_mailing foreign key (mailing_id) references mailing (mailing_id),
  constraint mailing_recipient_result_known check (result in ('written', 'no_channel', 'refused', 'repeated'))
);
comment on table mailing_recipient is '[local] What became of each line of a roster when the campaign was written: a message, or why none.';
comment on column mailing_recipient.result is 'refused: before it was written; repeated: the same person or the same address stood on another line';

create table mailing_refusal (
  refusal_id uuid not null,
  channel text not null,
  address text not null,
  way text not null,
  refused_at timestamptz not null,
  ended_at timestamptz,
  mailing_id uuid,
  constraint mailing_refusal_pk primary key (refusal_id),
  constraint mailing_refusal_of_mailing foreign key (mailing_id) references mailing (mailing_id),
  constraint mailing_refusal_channel_known check (channel in ('sms', 'email')),
  constraint mailing_refusal_way_known check (way in ('reply', 'link')),
  constraint mailing_refusal_ends_later check (ended_at is null or ended_at >= refused_at)
);
create unique index mailing_refusal_once on mailing_refusal (channel, address) where ended_at is null;
create index mailing_refusal_by_mailing on mailing_refusal (mailing_id) where mailing_id is not null;
comment on table mailing_refusal is '[local] Numbers and addresses that get no message of a campaign, said by text or by a link (NĐ 91/2020/NĐ-CP).';
comment on column mailing_refusal.address is 'personal: phone or address';
comment on column mailing_refusal.mailing_id is 'The campaign that was answered so, as far as it is known';
comment on column mailing_refusal.ended_at is 'Its owner wants campaigns again';

create table mailing_choice (
  person_id bigint not null,
  choice_id uuid not null,
  refused_at timestamptz not null,
  ended_at timestamptz,
  mailing_id uuid,
  constraint mailing_choice_pk primary key (person_id, choice_id),
  constraint mailing_choice_of_person foreign key (person_id) references person (person_id),
  constraint mailing_choice_ends_later check (ended_at is null or ended_at >= refused_at)
);
create index mailing_choice_by_mailing on mailing_choice (mailing_id) where mailing_id is not null;
comment on table mailing_choice is '[person] No message of a campaign, wherever it would go: said in the account.';
comment on column mailing_choice.mailing_id is 'The last campaign that the person was sent before';

alter table notice add column mailing_id uuid;
create index notice_of_mailing on notice (mailing_id) where mailing_id is not null;
create index notice_of_campaigns_by_recipient on notice (recipient, notice_id desc) where mailing_id is not null;
comment on column notice.mailing_id is 'The message campaign of which it is';
