-- A paper that a facility makes out anew to another person is found by its number, whoever holds it.
create index if not exists benefit_document_by_number on benefit_document using hash (document_id);
