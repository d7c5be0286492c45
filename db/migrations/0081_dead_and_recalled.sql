-- Accounts of the dead are looked for each night: the register is not read from its first row to its last for it.
create index person_dead on person (person_id) where died_on is not null;

-- What a recall withdrew stands in visit_version. A claim that was only ever rejected never stood as a visit: its recall
-- is written down, so that the claim does not come in when its file comes again.
create table claim_recall (
  visit_id uuid not null,
  file_id bigint not null,
  record_no integer not null,
  constraint claim_recall_pk primary key (visit_id)
);
comment on table claim_recall is '[local] The last recall of each claim, whether a visit stood or not: file and record that said it.';
