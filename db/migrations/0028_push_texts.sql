-- What a device shows is written, proposed and approved like the rest of a message's words.

alter table message_text add column push text not null default '';
alter table message_text add constraint message_text_push_short check (length(push) <= 200) not valid;
comment on column message_text.push is 'What a device shows. Empty: no device shows this message, or the version is older than this column and the built-in words hold';
