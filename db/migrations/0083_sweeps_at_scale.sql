-- What a desk, a sweep or a deletion needs of years of rows is reached straight, however many there are.

-- By times that a lease leaves alone (docs/decisions/0059).
create index notice_secret_to_wipe on notice (ended_at) where ended_at is not null and sealed_fields is not null;
create index notice_result_to_follow on notice (ended_at)
 where ended_at is not null and class = 'outcome' and followed_at is null and channel <> 'push';
create index declaration_lapsed on declaration (lapses_at) where status = 'lapsed';

create index roster_person_by_line on roster_person using hash (line_id);
create index roster_person_to_match_by_birth on roster_person (folded_name, birth_date)
 where left_at is null and match in ('several', 'none');
create index person_merge_by_decision on person_merge (decided_at) where status = 'merged';

create index ticket_by_declaration on ticket (declaration_id) where declaration_id is not null;
create index ticket_by_call on ticket (call_id) where call_id is not null;
create index ticket_done_of_office on ticket (office_code, ticket_id desc) where state <> 'open';
create index ticket_done_of_staff on ticket (assigned_to, ticket_id desc) where state <> 'open';
create index ticket_done_escalated on ticket (ticket_id desc)
 where state <> 'open' and office_code is null and escalated_at is not null;

create index guardianship_by_id on guardianship using hash (link_id);
create index guardianship_by_paper on guardianship (paper_id);
create index declaration_guardian_by_paper on declaration_guardian (paper_id);
alter table guardianship add column look_on date, add column look_by_years smallint not null default -1;
create index guardianship_to_look_at on guardianship (look_by_years, look_on) where status = 'active';
comment on column guardianship.look_on is 'First day on which something of its end is to be told or written down; null: no end is known';
comment on column guardianship.look_by_years is 'Age by which that day was reckoned; -1: it is to be reckoned anew';

create index contact_change_asked on contact_change (asked_at) where state = 'asked';
create index participation_period_unpaid on participation_period (person_id) where status = 'unpaid';

-- Of millions of files of claims the tables, and the files of which something was rejected.
create index source_file_of_tables on source_file (file_id desc) where kind <> 'claims';
create index source_file_with_rejects on source_file (file_id desc) where rejected > 0;

-- What ends by its period: the oldest rows that are left.
create index statement_by_end on statement (expires_on);
create index import_reject_record_by_age on import_reject_record (kept_at);
create index import_reject_row_by_age on import_reject_row (kept_at);
create index id_paper_copy_by_age on id_paper_copy (filed_at);
create index guardian_paper_copy_by_age on guardian_paper_copy (filed_at);
create index dispute_answered on dispute (answered_at) where status = 'answered';
create index hotline_call_closed on hotline_call (closed_at) where closed_at is not null;
create index contact_change_ended on contact_change (ended_at) where ended_at is not null;

-- By an id that is not the first column of the key.
create index data_request_by_id on data_request using hash (request_id);
create index contact_change_by_id on contact_change (change_id);
create index dispute_event_by_dispute on dispute_event (dispute_id);
create index help_answer_use_by_ticket on help_answer_use (ticket_id);
