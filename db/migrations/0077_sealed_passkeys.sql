-- The public key of a passkey is sealed, too (docs/decisions/0076): one that somebody put into the table signs nobody in.

alter table passkey add column sealed_key bytea;
comment on column passkey.sealed_key is 'The public key, sealed by the vault for this person and this credential: the only one by which an answer is judged';
comment on column passkey.public_key is 'For the version before, which knows no other: no answer is judged by it';
create index passkey_unsealed on passkey (person_id, credential_id) where sealed_key is null;

alter table staff_passkey add column sealed_key bytea;
comment on column staff_passkey.sealed_key is 'The public key, sealed by the vault for this member and this credential: the only one by which an answer is judged';
comment on column staff_passkey.public_key is 'For the version before, which knows no other: no answer is judged by it';
create index staff_passkey_unsealed on staff_passkey (staff_id, credential_id) where sealed_key is null;
