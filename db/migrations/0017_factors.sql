-- Ways to sign in beside the password, changes of contact, and the life of an account.

alter table account add column password_dropped_at timestamptz;
comment on column account.password_dropped_at is 'Signs in without a password since then: password_hash is of a secret that nobody knows, and nothing falls due';

alter table session
  add column elevated_until timestamptz,
  add column proofs text[] not null default '{}',
  add constraint session_proofs_known check (proofs <@ array['password', 'passkey', 'authenticator', 'code', 'eid']);
comment on column session.elevated_until is 'The person proved themselves again: until then delicate changes are open';
comment on column session.proofs is 'By what they did so in this session: two different ones open a change of telephone';

create table device_seen (
  person_id bigint not null,
  device_mark bytea not null,
  first_seen_at timestamptz not null,
  constraint device_seen_pk primary key (person_id, device_mark),
  constraint device_seen_of_account foreign key (person_id) references account (person_id)
);
comment on table device_seen is '[person] Devices on which the account was opened: the person is told of each once.';
comment on column device_seen.device_mark is 'Keyed mark of the device''s own cookie, or of its label where it keeps none';

create table passkey (
  person_id bigint not null,
  credential_id bytea not null,
  public_key bytea not null,
  counter bigint not null,
  transports text[] not null default '{}',
  name text not null,
  is_synced boolean not null,
  created_at timestamptz not null,
  last_used_at timestamptz,
  copied_at timestamptz,
  constraint passkey_pk primary key (person_id, credential_id),
  constraint passkey_of_account foreign key (person_id) references account (person_id),
  constraint passkey_name_has_length check (length(name) between 1 and 40)
);
comment on table passkey is '[person] Public halves of passkeys (fingerprint, face, screen lock).';
comment on column passkey.name is 'As its owner calls it';
comment on column passkey.copied_at is 'Its counter ran backwards: somebody has a copy, and it opens nothing any more';

create table passkey_key (
  credential_id bytea not null,
  person_id bigint not null,
  constraint passkey_key_pk primary key (credential_id)
);
comment on table passkey_key is '[key] Passkey → person: one passkey, one person.';

create table passkey_challenge (
  challenge_mark bytea not null,
  purpose text not null,
  bound_mark bytea not null,
  created_at timestamptz not null,
  ends_at timestamptz not null,
  constraint passkey_challenge_pk primary key (challenge_mark),
  constraint passkey_challenge_purpose_known check (purpose in ('add', 'sign_in', 'prove'))
);
create index passkey_challenge_by_end on passkey_challenge (ends_at);
comment on table passkey_challenge is '[local] Challenges that are out: taken by deletion, so each is answered once.';
comment on column passkey_challenge.bound_mark is 'Keyed mark of the session or browser that asked; an answer from another is worth nothing';

create table authenticator (
  person_id bigint not null,
  sealed_secret bytea not null,
  created_at timestamptz not null,
  confirmed_at timestamptz,
  last_step bigint not null default 0,
  last_used_at timestamptz,
  constraint authenticator_pk primary key (person_id),
  constraint authenticator_of_account foreign key (person_id) references account (person_id)
);
comment on table authenticator is '[person] Application that shows six digits every thirty seconds (RFC 6238); once confirmed it is asked for after the password.';
comment on column authenticator.sealed_secret is 'secret: sealed by the vault';
comment on column authenticator.last_step is 'The latest step that was used: the same digits do not open twice';

create table spare_code (
  person_id bigint not null,
  code_mark bytea not null,
  used_at timestamptz,
  constraint spare_code_pk primary key (person_id, code_mark),
  constraint spare_code_of_account foreign key (person_id) references account (person_id)
);
comment on table spare_code is '[person] Codes on paper in the place of the authenticator, once each.';

create table sign_in_ticket (
  ticket_mark bytea not null,
  person_id bigint not null,
  password_mark bytea not null,
  created_at timestamptz not null,
  ends_at timestamptz not null,
  tries_left smallint not null,
  constraint sign_in_ticket_pk primary key (ticket_mark),
  constraint sign_in_ticket_tries check (tries_left between 0 and 5)
);
create index sign_in_ticket_by_end on sign_in_ticket (ends_at);
comment on table sign_in_ticket is '[local] The password was right, the second factor is still to come: five minutes, five tries, one use.';
comment on column sign_in_ticket.password_mark is 'Keyed mark of the hash that was proved: a password changed meanwhile ends the ticket';

create table eid_link (
  subject_mark bytea not null,
  person_id bigint not null,
  linked_at timestamptz not null,
  last_used_at timestamptz not null,
  constraint eid_link_pk primary key (subject_mark)
);
create index eid_link_by_person on eid_link (person_id);
comment on table eid_link is '[key] National electronic identity → person, since the first sign-in with it.';
comment on column eid_link.subject_mark is 'Keyed mark of issuer and subject';

create table eid_request (
  state_mark bytea not null,
  bound_mark bytea not null,
  sealed_secrets bytea not null,
  person_id bigint,
  next text not null,
  created_at timestamptz not null,
  ends_at timestamptz not null,
  constraint eid_request_pk primary key (state_mark)
);
create index eid_request_by_end on eid_request (ends_at);
comment on table eid_request is '[local] Who went to the identity provider and has not come back: taken by deletion, so each state is good once.';
comment on column eid_request.sealed_secrets is 'secret: PKCE verifier and nonce';
comment on column eid_request.person_id is 'Who must come back, when somebody signed in proves themselves; empty at a sign-in';

create table contact_change (
  person_id bigint not null,
  change_id uuid not null,
  kind text not null,
  old_value text,
  new_value text not null,
  source text not null,
  state text not null,
  code_id uuid,
  stop_mark bytea,
  asked_at timestamptz not null,
  proved_at timestamptz,
  effective_at timestamptz,
  ended_at timestamptz,
  paper text,
  office_code text,
  officer_id bigint,
  supervisor_id bigint,
  constraint contact_change_pk primary key (person_id, change_id),
  constraint contact_change_of_account foreign key (person_id) references account (person_id),
  constraint contact_change_kind_known check (kind in ('phone', 'email')),
  constraint contact_change_source_known check (source in ('online', 'counter')),
  constraint contact_change_state_known check (state in ('asked', 'second', 'waiting', 'done', 'stopped', 'refused', 'lapsed')),
  constraint contact_change_ends_with_state check ((ended_at is not null) = (state in ('done', 'stopped', 'refused', 'lapsed'))),
  constraint contact_change_waits_until check (state <> 'waiting' or effective_at is not null),
  constraint contact_change_two_people check (supervisor_id is null or supervisor_id <> officer_id)
);
create unique index contact_change_one_open on contact_change (person_id, kind) where ended_at is null;
create index contact_change_due on contact_change (effective_at) where state = 'waiting';
create index contact_change_to_confirm on contact_change (asked_at) where state = 'second';
comment on table contact_change is '[person] A telephone or address on its way to becoming the account''s: proved by a code, then told to the old one, then waited for.';
comment on column contact_change.old_value is 'personal';
comment on column contact_change.new_value is 'personal';
comment on column contact_change.state is 'asked: the code is out; second: a supervisor is to confirm; waiting: the old telephone may still stop it';
comment on column contact_change.stop_mark is 'Keyed mark of the code by which the old telephone stops it';

create table account_event (
  person_id bigint not null,
  event_id uuid not null,
  at timestamptz not null,
  kind text not null,
  reference text not null,
  source text not null,
  grounds text,
  constraint account_event_pk primary key (person_id, event_id),
  constraint account_event_of_account foreign key (person_id) references account (person_id),
  constraint account_event_reference_once unique (person_id, reference),
  constraint account_event_kind_known check (kind in ('phone_changed', 'email_changed', 'address_changed', 'change_stopped', 'stopped', 'closed', 'reopened', 'factors_removed')),
  constraint account_event_source_known check (source in ('online', 'counter'))
);
comment on table account_event is '[person] Changes and ends of the registration, each confirmed to the person with a number and a day.';
