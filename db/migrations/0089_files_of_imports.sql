-- Of millions of files of claims the tables, and the files of which something was rejected; rejects by their age.
create index source_file_of_tables on source_file (file_id desc) where kind <> 'claims';
create index source_file_with_rejects on source_file (file_id desc) where rejected > 0;
create index import_reject_record_by_age on import_reject_record (kept_at);
create index import_reject_row_by_age on import_reject_row (kept_at);
