-- How many files lapsed by themselves is counted without reading all.
create index declaration_lapsed on declaration (lapses_at) where status = 'lapsed';
