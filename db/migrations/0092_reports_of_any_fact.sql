-- Papers of care, who somebody is and who is in their household can be reported as wrong, too.
alter table dispute
  drop constraint dispute_fact_kind_known,
  add constraint dispute_fact_kind_known
    check (fact_kind in ('visit', 'participation', 'card', 'benefit', 'paper', 'person', 'household'));
