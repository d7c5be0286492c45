-- A line of a list by its id, lines that name nobody by name and birth, joins of records by their time.
create index roster_person_by_line on roster_person using hash (line_id);
create index roster_person_to_match_by_birth on roster_person (folded_name, birth_date)
 where left_at is null and match in ('several', 'none');
create index person_merge_by_decision on person_merge (decided_at) where status = 'merged';
