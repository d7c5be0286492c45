-- Each month those with unpaid time are told.
create index participation_period_unpaid on participation_period (person_id) where status = 'unpaid';
