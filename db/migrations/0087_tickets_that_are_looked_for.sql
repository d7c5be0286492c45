-- By file, by call, and those that are done by office and person.
create index ticket_by_declaration on ticket (declaration_id) where declaration_id is not null;
create index ticket_by_call on ticket (call_id) where call_id is not null;
create index ticket_done_of_office on ticket (office_code, ticket_id desc) where state <> 'open';
create index ticket_done_of_staff on ticket (assigned_to, ticket_id desc) where state <> 'open';
create index ticket_done_escalated on ticket (ticket_id desc)
 where state <> 'open' and office_code is null and escalated_at is not null;
create index hotline_call_closed on hotline_call (closed_at) where closed_at is not null;
create index help_answer_use_by_ticket on help_answer_use (ticket_id);
