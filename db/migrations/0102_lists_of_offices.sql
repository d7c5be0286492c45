-- Pages of one office, and of one guardian, reach their own rows of some days: not the country's, and not all years'.
create index notice_of_office_by_creation on notice (office_code, created_at, notice_id);
create index declaration_of_office_by_reception on declaration (office_code, received_at) where received_at is not null;
create index dispute_answered_of_office on dispute (office_code, answered_at desc, dispute_id) where status = 'answered';
create index look_flag_judged on look_flag (office_code, flag_id) where verdict is not null;
create index batch_of_office_by_closing on batch (office_code, closed_at desc, batch_id desc);
create index source_file_of_tables_with_rejects on source_file (file_id desc) where kind <> 'claims' and rejected > 0;
create index guardianship_of_guardian on guardianship (guardian_id);
create index person_merge_of_office_to_decide on person_merge (office_code, (status <> 'proposed'), merge_id desc);
