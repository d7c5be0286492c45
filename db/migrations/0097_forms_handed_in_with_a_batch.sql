-- Lists of people follow the forms that were handed in with a batch by the time of the scan.
create index declaration_by_batch on declaration (batched_at) where batched_at is not null;
comment on column roster_person.handed_in_at is 'The signed form was received at an office, or scanned into a batch there';
