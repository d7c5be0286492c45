-- Telephones on which a person keeps the health card to show it without a network.

create table kept_card (
  person_id bigint not null,
  device_id uuid not null,
  device_mark bytea not null,
  label text not null,
  lock_kind text not null,
  kept_at timestamptz not null,
  seen_at timestamptz not null,
  constraint kept_card_pk primary key (person_id, device_id),
  constraint kept_card_of_account foreign key (person_id) references account (person_id),
  constraint kept_card_lock_known check (lock_kind in ('pin', 'passkey'))
);
comment on table kept_card is '[person] Devices that hold the person''s card, sealed there; a row that has ended is deleted, and the device wipes itself at its next contact.';
comment on column kept_card.device_mark is 'Of the session in which it was kept, see session.device_mark: it ends when that session is signed out';
comment on column kept_card.label is 'Browser family and system, for the list of devices';
comment on column kept_card.lock_kind is 'What opens it there; the PIN and the key never come to the server';
comment on column kept_card.seen_at is 'The device''s last contact';
