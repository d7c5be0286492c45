-- The sweep of ends reads the links about which something is to be done, and nobody else's.
alter table guardianship add column look_on date, add column look_by_years smallint not null default -1;
comment on column guardianship.look_on is 'First day on which something of its end is to be told or written down; null: no end is known';
comment on column guardianship.look_by_years is 'Age by which that day was reckoned; -1: it is to be reckoned anew';
create index guardianship_by_id on guardianship using hash (link_id);
create index guardianship_by_paper on guardianship (paper_id);
create index guardianship_to_look_at on guardianship (look_by_years, look_on) where status = 'active';
