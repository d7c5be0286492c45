-- Portrait and pictures of the ID paper that a person may send with form 01, where the operator asks for them.

create table declaration_photo (
  photo_id uuid not null,
  declaration_id bigint not null,
  kind text not null,
  width integer not null,
  height integer not null,
  doubts jsonb not null default '[]',
  sha256 bytea not null,
  sealed bytea not null,
  key_id text not null,
  sent_at timestamptz not null,
  constraint declaration_photo_pk primary key (photo_id),
  constraint declaration_photo_of_declaration foreign key (declaration_id) references declaration (declaration_id),
  constraint declaration_photo_one_a_kind unique (declaration_id, kind),
  constraint declaration_photo_kind_known check (kind in ('portrait', 'front', 'back')),
  constraint declaration_photo_has_size check (width > 0 and height > 0)
);
comment on table declaration_photo is '[local] Pictures sent by the person: re-encoded, encrypted (AES-256-GCM), gone with the answers. They prove nothing; the original is seen at the counter.';
comment on column declaration_photo.doubts is 'What the judge of pictures found and the person sent all the same: blurred, glare, …';
comment on column declaration_photo.sealed is 'sensitive (NĐ 356/2025 art. 4): nonce, ciphertext, tag';
