-- What ends by its period, from the oldest on; and by an id that is not the first column of the key.
create index statement_by_end on statement (expires_on);
create index id_paper_copy_by_age on id_paper_copy (filed_at);
create index guardian_paper_copy_by_age on guardian_paper_copy (filed_at);
create index declaration_guardian_by_paper on declaration_guardian (paper_id);
create index dispute_answered on dispute (answered_at) where status = 'answered';
create index dispute_event_by_dispute on dispute_event (dispute_id);
create index contact_change_asked on contact_change (asked_at) where state = 'asked';
create index contact_change_ended on contact_change (ended_at) where ended_at is not null;
create index contact_change_by_id on contact_change (change_id);
create index data_request_by_id on data_request using hash (request_id);
