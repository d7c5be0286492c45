-- Accounts of the dead are looked for each night: the register is not read from its first row to its last for it.
create index person_dead on person (person_id) where died_on is not null;
