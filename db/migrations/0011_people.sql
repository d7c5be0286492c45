-- Who declares, how they are reached and what was proved of it; asking for one's own number.

alter table declaration
  add column phone_proved_at timestamptz,
  add column email_proved_at timestamptz,
  add column consent text,
  add column consented_at timestamptz,
  add column matched_person_id bigint,
  add constraint declaration_consent_known check (consent in ('code', 'paper')),
  add constraint declaration_consent_has_time check ((consent is null) = (consented_at is null));
create unique index declaration_one_open_per_person on declaration (matched_person_id)
  where status in ('confirmed', 'received') and matched_person_id is not null;
comment on column declaration.phone_proved_at is 'When a one-time code sent to the declared phone came back; another number drops it';
comment on column declaration.email_proved_at is 'The same for the e-mail address';
comment on column declaration.consent is 'How a person who was helped agreed: by a code on their phone, or by signing the paper';
comment on column declaration.matched_person_id is 'Person of the register whose number, name and birth date were all declared; unknown or different: null';

alter table one_time_code add column block_mark bytea;
create index one_time_code_by_block on one_time_code (block_mark, created_at) where proved_at is null;
comment on column one_time_code.block_mark is 'Keyed mark of the thousand numbers a telephone belongs to: codes nobody reads in are counted by it';

create table number_request (
  request_id uuid not null,
  recipient_mark bytea not null,
  address_mark bytea not null,
  created_at timestamptz not null,
  constraint number_request_pk primary key (request_id)
);
create index number_request_by_recipient on number_request (recipient_mark, created_at);
create index number_request_by_address on number_request (address_mark, created_at);
create index number_request_by_age on number_request (created_at);
comment on table number_request is '[local] Somebody asked for a mã số BHXH. A person whom nobody knows leaves the same row: keyed marks only.';
comment on column number_request.recipient_mark is 'The telephone in the register; for whoever has none, the mark of what was typed';
comment on column number_request.address_mark is 'The network address that asked';
