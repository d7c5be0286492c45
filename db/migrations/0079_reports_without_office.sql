-- A report on the record of somebody without a file of their own reached no office. The one that dealt with their
-- guardian's link answers.

update dispute d set office_code = coalesce(
  (select f.office_code from declaration f
    where f.person_id = d.person_id and f.status = 'accepted' order by f.decided_at desc limit 1),
  (select e.office_code from guardianship_event e
    where e.person_id = d.person_id and e.office_code is not null order by e.at desc limit 1))
 where d.status = 'open' and d.office_code is null;

comment on column dispute.office_code is 'Office that answers: the one that accepted the person''s file, else that of their guardian''s link, else that of the guardian''s own file';
