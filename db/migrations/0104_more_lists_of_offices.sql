-- As 0102_lists_of_offices.sql, of the other tables.
create index if not exists declaration_of_office_by_reception on declaration (office_code, received_at) where received_at is not null;
create index if not exists dispute_answered_of_office on dispute (office_code, answered_at desc, dispute_id) where status = 'answered';
create index if not exists look_flag_judged on look_flag (office_code, flag_id) where verdict is not null;
create index if not exists batch_of_office_by_closing on batch (office_code, closed_at desc, batch_id desc);
create index if not exists source_file_of_tables_with_rejects on source_file (file_id desc) where kind <> 'claims' and rejected > 0;
create index if not exists guardianship_of_guardian on guardianship (guardian_id);
create index if not exists person_merge_of_office_to_decide on person_merge (office_code, (status <> 'proposed'), merge_id desc);
