-- Receipts that go to a telephone which nobody has proved are counted with the codes of its block.

alter table code_message add column is_receipt boolean not null default false;
comment on column code_message.is_receipt is 'A receipt to a telephone that nobody has proved: counted in its block and for its telephone, never among the codes of an hour or a day';
