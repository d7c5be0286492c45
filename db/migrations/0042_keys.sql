-- Envelope encryption: data keys, each wrapped by a version of the key-encryption key that lies outside the database.

create table key_version (
  version integer not null,
  ring text not null,
  made_at timestamptz not null,
  constraint key_version_pk primary key (version),
  constraint key_version_positive check (version > 0),
  constraint key_version_ring_known check (ring in ('file', 'http', 'command'))
);
comment on table key_version is '[local] Versions of the key-encryption key that may be used; the highest wraps what is new. A retired one is deleted.';

create table data_key (
  key_id uuid not null,
  class text not null,
  is_shared boolean not null,
  born integer not null,
  version integer not null,
  wrapped bytea not null,
  made_at timestamptz not null,
  usable_from timestamptz not null,
  constraint data_key_pk primary key (key_id),
  constraint data_key_of_version foreign key (version) references key_version (version)
);
create index data_key_by_version on data_key (version, key_id);
create unique index data_key_shared_once on data_key (class, born) where is_shared;
comment on table data_key is '[local] Data keys, wrapped. Without its row what a key sealed can never be read again: it is deleted before the bytes are.';
comment on column data_key.is_shared is 'Of a whole class (small and short-lived values); otherwise of one object';
comment on column data_key.born is 'Version at which it was made; `version` is the one that wraps it now';
comment on column data_key.wrapped is 'secret: wrapped by the key-encryption key';
comment on column data_key.usable_from is 'Shared keys: nothing is sealed with it before every process has had time to learn it';

alter table id_paper_copy add column data_key_id uuid;
alter table guardian_paper_copy add column data_key_id uuid;
alter table declaration_photo add column data_key_id uuid;
comment on column id_paper_copy.data_key_id is 'Its own data key; null: sealed under the secret, before data keys were';
comment on column guardian_paper_copy.data_key_id is 'Its own data key; null: sealed under the secret, before data keys were';
comment on column declaration_photo.data_key_id is 'Its own data key; null: sealed under the secret, before data keys were';
