-- A code that nobody reads in holds its block of numbers, and the longer the more is asked there (docs/decisions/0078).

alter table code_message add column refused_at timestamptz;
comment on column code_message.refused_at is 'When it last stood in the way of a code for another telephone of its block; to the minute';
create index code_message_refusing on code_message (refused_at) where refused_at is not null;
