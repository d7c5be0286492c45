-- Pages of one office, and of one guardian, reach their own rows of some days: not the country's, and not all years'.
-- Alone in its file: whoever writes a message waits for this index and for no other.
create index if not exists notice_of_office_by_creation on notice (office_code, created_at, notice_id) where office_code is not null;
