-- In a transaction of its own: the column was added in a moment, and this takes as long as there are tickets.
update ticket t set identified_how = c.identified_how from hotline_call c
 where c.call_id = t.call_id and c.identified_how is not null and (t.person_id is not null or t.declaration_id is not null);
