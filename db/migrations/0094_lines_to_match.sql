-- The beginning of roster_person_to_match_by_birth (0086), of the same rows.
drop index roster_person_to_match_by_name;
