-- Codes that nobody reads in are counted by the prefix of a telephone too: fraud is spread over many blocks.

alter table code_message add column prefix_mark bytea;
create index code_message_by_prefix on code_message (prefix_mark, sent_at) where is_sent;
comment on column code_message.prefix_mark is 'Keyed mark of the first four digits of a telephone; null before it was counted, and for e-mail';
