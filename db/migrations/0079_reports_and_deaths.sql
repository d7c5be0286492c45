-- A report on the record of somebody without a file of their own reached no office. The one that dealt with their
-- guardian's link answers.

update dispute d set office_code = coalesce(
  (select f.office_code from declaration f
    where f.person_id = d.person_id and f.status = 'accepted' order by f.decided_at desc limit 1),
  (select e.office_code from guardianship_event e
    where e.person_id = d.person_id and e.office_code is not null order by e.at desc limit 1))
 where d.status = 'open' and d.office_code is null;

comment on column dispute.office_code is 'Office that answers: the one that accepted the person''s file, else that of their guardian''s link, else that of the guardian''s own file';

-- A death that a file told alone can be taken back: what is undone is written down first.
alter table person_death
  drop constraint person_death_paper_known,
  add constraint person_death_paper_known check (paper_kind in ('extract', 'death_notice', 'court', 'file'));
comment on table person_death is '[local] Deaths recorded at a counter by a paper, and the wrong ones that were undone, also those that a file told.';
