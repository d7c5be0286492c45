-- A lease changes no index (docs/decisions/0059): what is open is told by times that only the end of sending writes.

create index notice_due_to_send on notice (channel, lane, due_at, notice_id)
 where ended_at is null and (sent_at is null or sent_at < queued_at);
create index notice_ended on notice (ended_at desc) where ended_at is not null;
create index notice_ended_to_follow on notice (ended_at)
 where ended_at is not null and class = 'outcome' and followed_at is null;
create index notice_taken_over on notice (channel) where unanswered >= 1;

-- Room in each page for the row versions of one message on its way.
alter table notice set (fillfactor = 70);
alter table notice_attempt set (fillfactor = 60);
alter table notice_part set (fillfactor = 60);

comment on column notice.unanswered is 'Senders in a row that were lost while they had it: from 1 on the message may be what killed them';
